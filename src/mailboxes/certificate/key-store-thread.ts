/** The thread in which `readCertificate` opens what it was given. */
import { parentPort, workerData } from 'node:worker_threads'
import type { CertificateForm } from '../settings.ts'
import { type KeyStore, KeyStoreError, type KeyStoreProblem, openKeyStore } from './open-key-store.ts'

export type Answer = KeyStore | { problem: KeyStoreProblem }

parentPort?.postMessage(open(workerData))

function open(given: CertificateForm): Answer {
  try {
    return openKeyStore(given)
  } catch (error) {
    if (!(error instanceof KeyStoreError)) throw error
    return { problem: error.problem }
  }
}
