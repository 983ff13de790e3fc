import type { ExchangeOnlineSettings } from '../lib/mailbox-settings.ts'
import { presetsOf } from './cloud-presets.ts'

/** What an administrator wants otherwise than their cloud has it. */
export interface GraphOverrides {
  host?: string | undefined
  scope?: string | undefined
}

/** One setting that a move changes. */
export interface SettingChange {
  setting: 'mailbox.type' | 'mailbox.host' | 'oauth.scope'
  from: string
  to: string
}

/** The settings of the same mailbox over Microsoft Graph: the same application, user and everything else. */
export function toGraphSettings(
  settings: ExchangeOnlineSettings,
  overrides: GraphOverrides,
): { settings: ExchangeOnlineSettings; changes: SettingChange[] } {
  const { host, scope } = presetsOf(settings.cloud).graph
  const changed = {
    ...settings,
    type: 'exchange-online-graph' as const,
    host: overrides.host ?? host,
    scope: overrides.scope ?? scope,
  }
  return {
    settings: changed,
    changes: [
      { setting: 'mailbox.type', from: settings.type, to: changed.type },
      { setting: 'mailbox.host', from: settings.host, to: changed.host },
      { setting: 'oauth.scope', from: settings.scope, to: changed.scope },
    ],
  }
}
