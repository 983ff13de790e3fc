/** How long one waits before one comes again, doubled each time that nobody answers … */
const FIRST_WAIT_MS = 1_000
/** … up to this. */
const LONGEST_WAIT_MS = 10_000

export interface Listener {
  /** What to do about each event, by its name. */
  on: Record<string, (data: string) => void>
  /** Whether the server can be heard now. */
  onLive: (isLive: boolean) => void
  /** The server answered, and would not be listened to. */
  onRefused?: () => void
}

/**
 * Listens to server-sent events until the returned function is called. Comes again after a break, at intervals that grow and that
 * differ from page to page, so that a server that starts is not called by all at once. A page that is hidden does not
 * listen: a browser opens six connections to a server without HTTP/2, for all its tabs.
 */
export function listen(address: string, { on, onLive, onRefused }: Listener): () => void {
  let source: EventSource | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS

  function open(): void {
    clearTimeout(again)
    const opened = new EventSource(address)
    source = opened
    opened.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      onLive(true)
    })
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) onRefused?.()
      close()
      again = setTimeout(open, wait * (1 + Math.random()) * 0.5)
      wait = Math.min(2 * wait, LONGEST_WAIT_MS)
    })
    for (const [name, take] of Object.entries(on)) {
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => take(data))
    }
  }

  function close(): void {
    clearTimeout(again)
    source?.close()
    source = null
    onLive(false)
  }

  function look(): void {
    if (document.hidden) close()
    else if (source === null) open()
  }

  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    document.removeEventListener('visibilitychange', look)
    close()
  }
}
