import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Put in by the server, anew with each page: the styles that Mantine writes at run time are let in by it alone.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    // A CSP without `data:` is simpler to reason about than a few requests saved.
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: false,
  },
  // `npm run dev --workspace web` beside a running server.
  server: { proxy: { '/api': 'http://127.0.0.1:8025' } },
})
