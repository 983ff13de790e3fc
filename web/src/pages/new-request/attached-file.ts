/** A file that was added to the form. */
export interface AttachedFile {
  /** Tells it from others on this page. */
  key: string
  name: string
  size: number
  state:
    | { kind: 'going'; share: number }
    /** The server has it, as a draft. */
    | { kind: 'kept'; id: string }
    /** In words, what is wrong. */
    | { kind: 'failed'; words: string }
}

/** One that the server has, as it outlives a reload of the page. */
export interface KeptFile {
  id: string
  name: string
  size: number
}

/** Those of the files that the server has. */
export function keptOf(files: AttachedFile[]): KeptFile[] {
  return files.flatMap(({ name, size, state }) =>
    state.kind === 'kept' ? [{ id: state.id, name, size }] : [],
  )
}
