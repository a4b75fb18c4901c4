import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface AuthLayoutProps {
  readonly title: string;
  readonly lead?: string;
  /** For a form of several columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** Layout of the screens for users who are not signed in. */
export function AuthLayout({ title, lead, isWide = false, children }: AuthLayoutProps) {
  useEffect(() => {
    document.title = `${title} · Throughline`;
  }, [title]);
  return (
    <Center mih="100vh" p="md" component="main">
      <Box w="100%" maw={isWide ? 720 : 420}>
        <Group justify="center" gap="sm" mb="lg">
          <img src="/favicon.svg" width={36} height={36} alt="" />
          <Text fw={700} size="xl">
            Throughline
          </Text>
        </Group>
        <Paper withBorder p="xl" shadow="sm">
          <Stack gap="md">
            <div>
              <Title order={1} size="h2">
                {title}
              </Title>
              {lead !== undefined && (
                <Text c="dimmed" size="sm" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </Box>
    </Center>
  );
}
