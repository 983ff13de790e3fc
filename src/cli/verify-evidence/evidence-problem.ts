/** What is wrong with an export: which file, and what; for entries also which. Texts under `cli:audit.verify-export.problem`. */
export interface EvidenceProblem {
  file: string
  problem:
    | 'not-listed'
    | 'missing'
    | 'altered'
    | 'malformed'
    | 'signature-missing'
    | 'signature-wrong'
    | 'key-other'
    | 'payload-altered'
    | 'entry-altered'
    | 'chain-broken'
    | 'checkpoint-wrong'
    | 'reply-other'
    | 'file-other'
  entry: number | null
}

/** As `EvidenceProblem`, of whoever finds them one after the other. */
export type Found = (file: string, problem: EvidenceProblem['problem'], entry?: number) => void
