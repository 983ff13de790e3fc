import '@mantine/core/styles.css'
import './app/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from './app/language.ts'
import { queryClient } from './app/query-client.ts'
import { router } from './app/router.ts'
import { letInStyles, styleNonce } from './app/style-nonce.ts'
import { cssVariables, theme } from './app/theme.ts'

letInStyles()
// The code of the page comes while the texts do.
void router.load()
await startLanguage()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
