import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../shared/api';
import { queryKeys } from '../../shared/query-keys';
import { uploadAsset } from '../../shared/library/requests';

/** A file that could not be added, with the reason. */
interface FailedUpload {
  readonly file: File;
  readonly error: unknown;
}

/** Files on their way to the library. */
export interface UploadQueue {
  readonly total: number;
  readonly done: number;
  readonly failed: readonly FailedUpload[];
  readonly isBusy: boolean;
  readonly add: (files: readonly File[], folder: string) => void;
  /** Uploads those again that could not be added. */
  readonly again: () => void;
  readonly clear: () => void;
}

/** The API accepts three uploads of an organisation at once; one stays for others. */
const AT_ONCE = 2;
const NONE = { total: 0, done: 0, failed: [] as readonly FailedUpload[] };

const MOST_TRIES = 6;
const PAUSE_MS = 2_000;

/** Tries again while colleagues upload, too, and the API asks to wait (429). */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const mustWait = error instanceof ApiProblem && error.problem.status === 429;
      if (!mustWait || tries === MOST_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
}

/** Uploads any number of files, a few at once. One that fails does not stop the others. */
export function useUploadQueue(): UploadQueue {
  const client = useQueryClient();
  const [state, setState] = useState(NONE);
  const waiting = useRef<{ file: File; folder: string }[]>([]);
  const running = useRef(0);
  const lastFolder = useRef('');

  const run = async (): Promise<void> => {
    if (running.current >= AT_ONCE) return;
    running.current += 1;
    for (let next = waiting.current.shift(); next !== undefined; next = waiting.current.shift()) {
      const { file, folder } = next;
      const error = await patiently(() => uploadAsset(file, folder)).then(
        () => null,
        (problem: unknown) => problem,
      );
      setState((before) => ({
        ...before,
        done: before.done + 1,
        failed: error === null ? before.failed : [...before.failed, { file, error }],
      }));
    }
    running.current -= 1;
    if (running.current === 0) await client.invalidateQueries({ queryKey: queryKeys.library });
  };

  const add = (files: readonly File[], folder: string): void => {
    lastFolder.current = folder;
    waiting.current.push(...files.map((file) => ({ file, folder })));
    setState((before) => {
      const isOver = before.done === before.total;
      return isOver ? { total: files.length, done: 0, failed: [] } : { ...before, total: before.total + files.length };
    });
    for (let started = 0; started < AT_ONCE; started += 1) void run();
  };
  return {
    ...state,
    isBusy: state.done < state.total,
    add,
    again: () => {
      const files = state.failed.map(({ file }) => file);
      add(files, lastFolder.current);
    },
    clear: () => setState(NONE),
  };
}
