// Everything works without this script; it keeps the page current and saves keystrokes.

/** Replaces the parts marked `data-live` by what the server shows now, keeping the focus where it is. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
  if (!answer.ok) return
  const current = new DOMParser().parseFromString(await answer.text(), 'text/html')
  document.title = current.title
  for (const part of document.querySelectorAll('[data-live]')) {
    const newer = current.getElementById(part.id)
    if (newer === null || newer.innerHTML === part.innerHTML) continue
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    const known = new Set(Array.from(part.querySelectorAll('a'), (link) => link.getAttribute('href')))
    part.replaceChildren(...newer.childNodes)
    for (const link of part.querySelectorAll('a')) {
      if (link.getAttribute('href') === focused) link.focus()
      if (!known.has(link.getAttribute('href'))) link.classList.add('arrived')
    }
  }
}

let isRefreshing = false
let isStale = false

/** Changes that come while a refresh runs cause one more, not one each. */
async function refreshSoon() {
  isStale = true
  if (isRefreshing) return
  isRefreshing = true
  while (isStale) {
    isStale = false
    await refresh().catch(() => {}) // the server is away; the stream reconnects and says so
  }
  isRefreshing = false
}

let changes = null

function listen() {
  changes = new EventSource('/webmail/changes')
  changes.addEventListener('change', refreshSoon)
  // Also after a reconnection: what happened in between was not heard.
  changes.addEventListener('open', refreshSoon)
  changes.addEventListener('error', () => {
    if (changes.readyState === EventSource.CLOSED) setTimeout(followVisibility, 2_000)
  })
}

/** A browser opens at most six connections to one host, so a page nobody sees gives its own back. */
function followVisibility() {
  changes?.close()
  changes = null
  if (document.visibilityState === 'visible') listen()
}
document.addEventListener('visibilitychange', followVisibility)
window.addEventListener('pagehide', () => changes?.close())
window.addEventListener('pageshow', followVisibility)

/** The mail's frame runs no script, so its height is measured from here. */
function fitFrame(frame) {
  const root = frame.contentDocument?.documentElement
  if (!root) return
  const fit = () => {
    frame.style.height = `${Math.max(root.getBoundingClientRect().height, frame.contentDocument.body.scrollHeight)}px`
  }
  new ResizeObserver(fit).observe(root)
  fit()
}
for (const frame of document.querySelectorAll('iframe.mail')) {
  frame.addEventListener('load', () => fitFrame(frame))
  if (frame.contentDocument?.readyState === 'complete') fitFrame(frame)
}

document.addEventListener('keydown', (event) => {
  const target = event.target
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    target.closest('form.writing')?.requestSubmit()
  if (event.key === 'Escape') document.querySelector('details.switcher')?.removeAttribute('open')
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const links = Array.from(
    target.closest('#messages, #folders, #mailboxes, #people')?.querySelectorAll('a') ?? [],
  )
  const next = links[links.indexOf(target) + (event.key === 'ArrowDown' ? 1 : -1)]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
})

document.addEventListener('click', (event) => {
  const switcher = document.querySelector('details.switcher')
  if (switcher !== null && !switcher.contains(event.target)) switcher.removeAttribute('open')
})

/** A form is sent once, however often its button is pressed; the way back may send it again. */
for (const button of document.querySelectorAll('form.writing button')) {
  button.form.addEventListener('submit', () => {
    button.disabled = true
  })
  window.addEventListener('pageshow', () => {
    button.disabled = false
  })
}

// The notice is for this once: a reload or the way back does not repeat it.
if (new URLSearchParams(location.search).has('sent')) history.replaceState(null, '', location.pathname)
