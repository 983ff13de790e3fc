/** The states in which a mailbox is worked at all; in all others neither read from nor sent from. */
export const activeStates = ['running', 'paused'] as const
