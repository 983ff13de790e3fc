import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#ecf8f7',
  '#d3eeec',
  '#a8dcd8',
  '#79c8c3',
  '#4cb3ad',
  '#2a9b95',
  '#17817c',
  '#0f6e6b',
  '#0b5a58',
  '#074240',
]

/** For what loses something: white can be read on it in both themes. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#f9d0cd',
  '#f3a6a1',
  '#ee827b',
  '#d84b42',
  '#ce4037',
  '#c4372e',
  '#b3261e',
  '#951d17',
  '#741510',
]

/** Greys with a breath of the accent, from text to the deepest ground. */
const dark: MantineColorsTuple = [
  '#dbe3e3',
  '#b4c0c0',
  '#94a2a2',
  '#5f6d6d',
  '#3d4949',
  '#2c3636',
  '#202828',
  '#171d1d',
  '#121717',
  '#0c1010',
]

const gray: MantineColorsTuple = [
  '#f7f9f9',
  '#eff3f3',
  '#e3e9e9',
  '#d2dada',
  '#b7c2c2',
  '#8b9898',
  '#687575',
  '#505c5c',
  '#374040',
  '#1d2323',
]

/** One accent, one family, three sizes (14, 16 for what is read or touched, 22 for titles), an 8-px rhythm. */
export const theme = createTheme({
  colors: { teal, red, dark, gray },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  radius: { md: '6px' },
  black: '#1d2323',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // WCAG 2.2, 2.5.8: that of a field is smaller than a finger needs.
    CloseButton: { styles: { root: { minWidth: 28, minHeight: 28 } } },
    // A heading of the dialog, not a second banner of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    ModalTitle: { defaultProps: { fw: 600 } },
    // Hints below the fields: those side by side stay on one line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '32px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '24px' },
    },
  },
})

/**
 * What Mantine's own variables lack: text that is told apart by AA contrast on every ground, the colours of states, which
 * stand for nothing else, and those of what charts draw.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566363',
    '--mantine-color-placeholder': '#687575',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0f6e6b',
    '--ground': '#ffffff',
    '--ground-quiet': '#f7f9f9',
    '--line': '#d9e1e1',
    '--state-done': '#1b6b3a',
    '--state-done-ground': '#e4f4ea',
    '--state-waiting': '#7a4d00',
    '--state-waiting-ground': '#fdf1d8',
    '--state-failed': '#a3211a',
    '--state-failed-ground': '#fdeae8',
    '--state-quiet': '#505c5c',
    '--state-quiet-ground': '#eff3f3',
    '--chart-full': '#0f6e6b',
    '--chart-hatched': '#1f8a85',
    '--chart-dotted': '#505c5c',
  },
  dark: {
    '--mantine-color-body': '#171d1d',
    '--mantine-color-dimmed': '#a3b1b1',
    '--mantine-color-placeholder': '#94a2a2',
    '--mantine-color-error': '#ff9c94',
    '--mantine-color-anchor': '#79c8c3',
    '--ground': '#1c2424',
    '--ground-quiet': '#121717',
    '--line': '#344040',
    '--state-done': '#7fd6a0',
    '--state-done-ground': '#143222',
    '--state-waiting': '#f2c46d',
    '--state-waiting-ground': '#382a0d',
    '--state-failed': '#ff9c94',
    '--state-failed-ground': '#40201d',
    '--state-quiet': '#b4c0c0',
    '--state-quiet-ground': '#2a3434',
    '--chart-full': '#4cb3ad',
    '--chart-hatched': '#79c8c3',
    '--chart-dotted': '#b4c0c0',
  },
})
