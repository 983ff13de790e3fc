// Before anything is drawn, so that nobody who likes it dark sees a white flash. A file of its own, because the server's
// content security policy lets no inline script run. The key is Mantine's.
const kept = localStorage.getItem('mantine-color-scheme-value')
const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
