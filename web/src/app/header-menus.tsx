import { AccountMenu } from './account-menu.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** What stands on the right of the header: language, theme, and who is signed in. */
export default function HeaderMenus() {
  return (
    <>
      <LanguageMenu />
      <ThemeMenu />
      <AccountMenu />
    </>
  )
}
