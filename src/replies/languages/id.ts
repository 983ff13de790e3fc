import type { PlainLanguage } from './language.ts'

/**
 * Indonesian, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language.
 */
export const id: PlainLanguage = {
  locale: 'id',
  yes: ['ya', 'setuju', 'saya setuju', 'disetujui', 'menyetujui', 'saya menyetujui', 'diterima'],
  no: ['tidak', 'tidak setuju', 'saya tidak setuju', 'ditolak', 'menolak', 'saya menolak', 'tidak disetujui'],
  doubts: [
    'jangan',
    'bukan',
    'belum',
    'tetapi',
    'tapi',
    'hanya',
    'jika',
    'dengan syarat',
    'asalkan',
    'kecuali',
    'tanpa',
    'mungkin',
    'tunggu',
    'dulu',
    'besok',
    'nanti',
    'ubah',
    'sebagai gantinya',
  ],
  localDoubts: ['kalau'],
  greetings: ['halo', 'hai', 'selamat pagi', 'selamat siang', 'selamat sore', 'yth', 'kepada yth'],
  thanks: ['terima kasih', 'terima kasih banyak', 'makasih'],
  closings: ['salam', 'hormat saya', 'salam hormat', 'hormat kami'],
  quotedHeaders: {
    from: ['dari'],
    sent: ['dikirim', 'terkirim', 'tanggal'],
    to: ['kepada', 'ke', 'untuk'],
    subject: ['subjek', 'perihal'],
  },
  attribution: { starts: ['pada'], verbs: ['menulis'] },
  originalMessages: ['pesan asli', 'pesan yang diteruskan', 'pesan terusan'],
  deviceSignatures: ['dikirim dari', 'terkirim dari', 'dapatkan outlook untuk'],
  banners: ['pengirim eksternal', 'email eksternal'],
  disclaimers: ['email ini dan', 'pesan ini bersifat rahasia'],
  subjects: {
    automatic: ['balasan otomatis'],
    away: ['di luar kantor'],
    calendar: ['diterima', 'ditolak', 'tentatif'],
    receipt: ['telah dibaca', 'dibaca'],
  },
}
