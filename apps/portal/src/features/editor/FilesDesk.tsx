import { Grid, Paper, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { AuthoringLanguage, PackageFiles } from '#contracts';
import type { Desk } from './edits';
import { FileList } from './FileList';
import type { Problem } from '../../shared/gates';

const loadCodeArea = () => import('./CodeArea');
const CodeArea = lazy(loadCodeArea);
// On its way while the files are; where it does not come, whoever shows it asks again and says so.
loadCodeArea().catch(() => undefined);

export interface Place {
  readonly line: number;
  readonly column: number;
}

interface FilesDeskProps {
  readonly desk: Desk;
  readonly files: PackageFiles['files'];
  readonly language: AuthoringLanguage;
  readonly problems: readonly Problem[];
  readonly open: string;
  readonly goTo: Place | null;
  readonly onOpen: (path: string) => void;
  /** The template as a recipient gets it. */
  readonly children: React.ReactNode;
}

/** The files as they are written, one of them open, and beside it what comes of it. */
export function FilesDesk({ desk, files, language, problems, open, goTo, onOpen, children }: FilesDeskProps) {
  const file = files.find(({ path }) => path === open);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 3, xl: 2 }}>
        <FileList files={files} changes={desk.changes} problems={problems} open={open} onOpen={onOpen} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 9, xl: 5 }}>
        <Paper withBorder style={{ overflow: 'hidden' }}>
          <Suspense fallback={<Skeleton height={640} />}>
            <CodeArea
              path={open}
              text={desk.textOf(open)}
              language={language}
              problems={problems.filter((problem) => problem.file === open)}
              readOnly={file === undefined || file.text === null}
              goTo={goTo}
              session={desk.session}
              onWrite={(text) => desk.write({ [open]: text })}
            />
          </Suspense>
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, xl: 5 }}>{children}</Grid.Col>
    </Grid>
  );
}
