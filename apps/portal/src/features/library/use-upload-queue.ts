import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../shared/api';
import { queryKeys } from '../../shared/query-keys';
import { uploadAsset } from '../../shared/library/requests';

interface Upload {
  readonly file: File;
  readonly folder: string;
}

/** A file that could not be added, with the reason. */
interface FailedUpload extends Upload {
  readonly error: unknown;
}

/** Files on their way to the library. */
export interface UploadQueue {
  readonly total: number;
  readonly done: number;
  readonly failed: readonly FailedUpload[];
  readonly isBusy: boolean;
  readonly add: (files: readonly File[], folder: string) => void;
  /** Uploads those again that could not be added, each into its folder. */
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
  const waiting = useRef<Upload[]>([]);
  const running = useRef(0);

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
        failed: error === null ? before.failed : [...before.failed, { file, folder, error }],
      }));
    }
    running.current -= 1;
    if (running.current === 0) await client.invalidateQueries({ queryKey: queryKeys.library });
  };

  const enqueue = (uploads: readonly Upload[]): void => {
    waiting.current.push(...uploads);
    setState((before) => {
      const isOver = before.done === before.total;
      const added = uploads.length;
      return isOver ? { total: added, done: 0, failed: [] } : { ...before, total: before.total + added };
    });
    for (let started = 0; started < AT_ONCE; started += 1) void run();
  };
  return {
    ...state,
    isBusy: state.done < state.total,
    add: (files, folder) => enqueue(files.map((file) => ({ file, folder }))),
    again: () => enqueue(state.failed),
    clear: () => setState(NONE),
  };
}
