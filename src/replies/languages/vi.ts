import type { PlainLanguage } from './language.ts'

/**
 * Vietnamese, plain words. Header labels as Outlook writes them, attribution and forwarding lines as Gmail, Apple Mail and
 * Thunderbird do in this language.
 */
export const vi: PlainLanguage = {
  locale: 'vi',
  yes: ['đồng ý', 'tôi đồng ý', 'phê duyệt', 'chấp thuận', 'duyệt', 'chấp nhận', 'đã duyệt'],
  no: ['không', 'không đồng ý', 'từ chối', 'không duyệt', 'không phê duyệt', 'không chấp thuận', 'bác bỏ'],
  doubts: [
    'chưa',
    'nhưng',
    'với điều kiện',
    'ngoại trừ',
    'có thể',
    'có lẽ',
    'trước tiên',
    'ngày mai',
    'thay vì',
  ],
  localDoubts: ['chỉ', 'nếu', 'trừ', 'chờ', 'đợi', 'sau'],
  greetings: ['xin chào', 'chào', 'kính gửi', 'chào bạn', 'dear'],
  thanks: ['cảm ơn', 'cám ơn', 'xin cảm ơn', 'cảm ơn bạn'],
  closings: ['trân trọng', 'thân mến', 'kính thư'],
  quotedHeaders: {
    from: ['từ', 'người gửi'],
    sent: ['đã gửi', 'ngày', 'gửi lúc'],
    to: ['đến', 'tới', 'người nhận'],
    subject: ['chủ đề', 'tiêu đề'],
  },
  attribution: { starts: ['vào'], verbs: ['đã viết', 'viết'] },
  originalMessages: ['thư gốc', 'tin nhắn gốc', 'thư đã chuyển tiếp'],
  deviceSignatures: ['đã gửi từ', 'được gửi từ', 'gửi từ iphone', 'tải outlook cho'],
  banners: ['người gửi bên ngoài', 'email bên ngoài'],
  disclaimers: ['email này và', 'thư này có thể chứa'],
  subjects: {
    automatic: ['trả lời tự động', 'tự động trả lời'],
    away: ['vắng mặt'],
    calendar: ['đã chấp nhận', 'đã từ chối'],
    receipt: ['đã đọc'],
  },
}
