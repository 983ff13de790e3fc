/** What a request may carry, in octets where it is a size. `docs/configuration.md` tells them. */
const MB = 1024 * 1024

/** Files of one request. */
export const MOST_FILES = 10
/** One file. */
export const FILE_LIMIT = 10 * MB
/** All files of a request. */
export const FILES_LIMIT = 25 * MB
/** What one person has uploaded and no request has named yet. */
export const DRAFTS_LIMIT = 50 * MB
/** Characters of a name. */
export const FILE_NAME_LIMIT = 255

/** A limit as errors tell it. */
export const inMegabytes = (octets: number): string => String(octets / MB)
