import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/new-id.ts'
import type { Context } from '../store/context.ts'
import { applicationOf } from './application-of.ts'
import { beginAnew } from './begin-anew.ts'
import { readCertificate } from './certificate/read-certificate.ts'
import { withCertificate } from './certificate/with-certificate.ts'
import { checkMailboxForm } from './check-mailbox-form.ts'
import { forgetIds } from './forget-ids.ts'
import { leaveToOriginal } from './leave-to-original.ts'
import { openSecret, sealSecret } from './mailbox-secret.ts'
import { noteChange } from './note-change.ts'
import { refuseChangeOfInstance } from './refuse-change-of-instance.ts'
import { refuseOtherReceiver } from './refuse-other-receiver.ts'
import { runningAgain } from './running-again.ts'
import type { MailboxForm } from './settings.ts'
import { toldChanges } from './told-changes.ts'

/**
 * Creates the mailbox of this name or changes its settings. A changed mailbox runs again, whatever had paused it.
 * A new one starts from now, unless told otherwise: mail that is there already is never acted on (promise 9).
 * With another instance and one address for all mail it becomes that of a copy (`leaveToOriginal`), be it detached or
 * not, for not every copy is found out; a detached one is taken up in no other way. Its history tells what changed, and by
 * whom: `by` is an administrator, null for the operator. Throws `invalid-settings`, `mailbox-detached`,
 * `instance-in-use` and, of one that `mustBeNew`, `mailbox-exists`.
 */
export async function saveMailbox(
  context: Context,
  name: string,
  form: MailboxForm,
  { by = null, mustBeNew = false }: { by?: string | null; mustBeNew?: boolean } = {},
): Promise<{ id: string; notes: string[] }> {
  const checked = checkMailboxForm(form)
  const now = wholeSecond(context.clock())
  const certificate = checked.certificate && (await readCertificate(checked.certificate, now))
  const given = certificate?.pem ?? checked.secret
  return context.db.transaction().execute(async (tx) => {
    const existing = await tx
      .selectFrom('mailbox')
      .selectAll()
      .where('name', '=', name)
      // Not `for update`: that would wait for everybody who writes a mail.
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (existing && mustBeNew) throw new AppError('mailbox-exists', { mailbox: name })
    const id = existing?.id ?? newId()
    const kept = given === null && existing ? applicationOf(existing.settings) : null
    const settings = withCertificate(checked.settings, certificate?.facts ?? kept?.certificate ?? null)
    const secret = given ?? openSecret(context.keys, id, settings, existing?.secrets ?? null)
    if (given === null && existing) refuseOtherReceiver(existing.settings, settings)
    const values = {
      settings: JSON.stringify(settings),
      secrets: sealSecret(context.keys, id, settings, secret),
      ...runningAgain({ failures: existing?.failures ?? 0 }),
      ...(checked.enabled
        ? {}
        : {
            state: 'disabled' as const,
            pausedAt: existing?.pausedAt ?? context.clock(),
            pausedBy: existing?.pausedBy ?? null,
          }),
    }
    const notes = [...checked.notes]
    const change = { mailboxId: id, at: context.clock(), actorId: by }
    if (existing) {
      const isRenamed = existing.settings.instance !== settings.instance
      const isCopy = isRenamed && settings.redirectAllTo !== null
      if (existing.state === 'detached' && !isCopy) throw new AppError('mailbox-detached', { mailbox: name })
      if (isCopy) await leaveToOriginal(tx, context, id)
      else if (isRenamed) await refuseChangeOfInstance(tx, existing)
      if (isRenamed) notes.push('instance-changed')
      const isAnother = existing.settings.user !== settings.user
      if (isAnother) await forgetIds(tx, id)
      const speaksAnother = existing.settings.type !== settings.type
      const startFrom = checked.startFrom ?? (isAnother || isCopy ? now : existing.startFrom)
      const isLater = startFrom > (existing.readFrom ?? startFrom)
      await tx
        .updateTable('mailbox')
        .set({
          ...values,
          startFrom,
          ...(isAnother || isLater ? { readFrom: null } : {}),
          ...(isCopy ? { reattachment: null } : {}),
          // It means nothing to another mailbox, nor to another protocol.
          ...(isAnother ? { cursor: null } : {}),
          ...(speaksAnother && !isAnother ? await beginAnew(tx, { ...existing, startFrom }) : {}),
        })
        .where('id', '=', id)
        .execute()
      const changes = toldChanges(
        { ...existing, enabled: existing.state !== 'disabled' },
        { settings, enabled: checked.enabled, startFrom },
        { hasNewSecret: given !== null },
      )
      if (changes.length > 0) await noteChange(tx, { ...change, kind: 'changed', changes })
    } else {
      const made = await tx
        .insertInto('mailbox')
        .values({
          id,
          name,
          ...values,
          cursor: null,
          startFrom: checked.startFrom ?? now,
          watchedBy: null,
          watchedUntil: null,
          lastReceivedAt: null,
        })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returning('id')
        .executeTakeFirst()
      // Somebody else has taken the name since we looked.
      if (!made) throw new AppError('mailbox-exists', { mailbox: name })
      await noteChange(tx, { ...change, kind: 'created' })
    }
    if (checked.enabled) {
      await context.enqueue(tx, [
        { name: 'receive', payload: { mailboxId: id } },
        { name: 'resume-due', payload: {} },
      ])
    }
    await context.enqueue(tx, { name: 'keep-subscriptions', payload: {} })
    return { id, notes }
  })
}

/** Exchange tells when mail was received to the second: mail of this very second must not seem older. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000)
}
