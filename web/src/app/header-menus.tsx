import { AccountMenu } from './account-menu.tsx'
import ReadingMenus from './reading-menus.tsx'

/** What stands on the right of the header: language, theme, and who is signed in. */
export default function HeaderMenus() {
  return (
    <>
      <ReadingMenus />
      <AccountMenu />
    </>
  )
}
