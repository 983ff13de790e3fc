import { Group, Text } from '@mantine/core'
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck'

/** That something was done, beside the button that was pressed. */
export function SavedNote({ children }: { children: string }) {
  return (
    <Group gap={6} role="status" c="var(--state-done)">
      <IconCircleCheck size={18} aria-hidden />
      <Text size="sm">{children}</Text>
    </Group>
  )
}
