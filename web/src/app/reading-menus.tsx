import { LanguageMenu } from './language-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** How the pages are read: language and theme. */
export default function ReadingMenus() {
  return (
    <>
      <LanguageMenu />
      <ThemeMenu />
    </>
  )
}
