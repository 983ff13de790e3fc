/** Whether OpenPGP has encrypted something in a text, or in HTML (RFC 9580, 6.2). What is quoted is not meant. */
export function holdsPgpMessage(text: string): boolean {
  return /(^|>)-----BEGIN PGP MESSAGE-----/m.test(text)
}

const cleartextHeader = /^Hash: [A-Z\d]+(, ?[A-Z\d]+)*$/
const inSignature = /^(|[a-z\d+/]{1,76}={0,2}|=[a-z\d+/]{4}|(version|comment): .*)$/i

/**
 * The text without the armour of OpenPGP's cleartext signatures (RFC 9580, 7), which say nothing of what is meant. Most
 * clients show it, so that what is no armour stays wherever it stands.
 */
export function withoutCleartextSignature(text: string): string {
  if (!text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) return text
  let within: 'text' | 'headers' | 'signed' | 'signature' = 'text'
  const kept: string[] = []
  for (const line of text.split('\n')) {
    const armour = line.trimEnd()
    if (armour === '-----BEGIN PGP SIGNED MESSAGE-----') within = 'headers'
    else if (armour === '-----BEGIN PGP SIGNATURE-----' && within === 'signed') within = 'signature'
    else if (within === 'text') kept.push(line)
    else if (within === 'signed') kept.push(line.replace(/^- /, ''))
    else if (within === 'headers' && armour === '') within = 'signed'
    else if (within === 'signature' && armour === '-----END PGP SIGNATURE-----') within = 'text'
    else if (!(within === 'headers' ? cleartextHeader : inSignature).test(armour)) kept.push(line)
  }
  return kept.join('\n')
}
