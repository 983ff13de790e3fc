import type { SimulatorProcess } from './simulator-process.ts'

/** How many messages lie in a folder; 0 where there is no such folder. */
export async function totalOf(simulator: SimulatorProcess, address: string, name: string): Promise<number> {
  const folders = await simulator.control<{ name: string; total: number }[]>(
    'GET',
    `/mailboxes/${address}/folders`,
  )
  return folders.find((folder) => folder.name === name)?.total ?? 0
}

/** Opens a mailbox with these messages in its Inbox. */
export async function fillMailbox(
  simulator: SimulatorProcess,
  address: string,
  messages: Uint8Array[],
): Promise<void> {
  await simulator.control('POST', '/mailboxes', { address })
  for (const message of messages) {
    await simulator.control('POST', `/mailboxes/${address}/messages?as=internal`, message)
  }
}
