/** What an application proves itself to Entra ID by: a secret, or a certificate (PEM of its private key and of itself). */
export type ClientCredential = { clientSecret: string } | { certificate: string }
