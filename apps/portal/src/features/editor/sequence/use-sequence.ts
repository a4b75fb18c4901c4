import { useState } from 'react';
import type { Document } from 'yaml';
import type { EditSession } from '../edit-session';
import { useUndo } from '../undo';
import { changeYaml } from '../yaml-file';
import { addStep, changeStep, connectStep, moveStep, readSteps, removeStep, type StepChange } from './steps';

const FILE = 'campaign.yaml';

/** The steps of `campaign.yaml`, the selected one, and every change to them. */
export function useSequence(edits: EditSession) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { canUndo, undo, write: writeFiles } = useUndo(edits, 'sequence');
  const text = edits.textOf(FILE);
  const steps = readSteps(text);
  const at = steps?.findIndex(({ key }) => key === chosen) ?? -1;
  const write = (change: (document: Document) => void): void => writeFiles({ [FILE]: changeYaml(text, change) });
  return {
    steps,
    at,
    canUndo,
    undo,
    write,
    writeFiles,
    choose: setChosen,
    add: (step: Readonly<Record<string, unknown>>) => {
      write((document) => addStep(document, at === -1 ? (steps?.length ?? 0) - 1 : at, step));
      setChosen(String(step['key']));
    },
    /**
     * Adds a new e-mail or post and its files to the selected step.
     * One undo step.
     */
    sendNew: (made: Readonly<Record<string, string>>, kind: 'email' | 'post', key: string) =>
      writeFiles({
        ...made,
        [FILE]: changeYaml(made[FILE] ?? text, (document) => changeStep(document, at, { [kind]: key })),
      }),
    change: (change: StepChange) => {
      write((document) => changeStep(document, at, change));
      if (typeof change['key'] === 'string') setChosen(change['key']);
    },
    move: (from: number, to: number) => write((document) => moveStep(document, from, to)),
    lead: (from: number, way: number | null, to: string) => {
      write((document) => connectStep(document, from, way, to));
      setChosen(steps?.[from]?.key ?? null);
    },
    remove: () => {
      write((document) => removeStep(document, at));
      setChosen(steps?.[at + 1]?.key ?? steps?.[at - 1]?.key ?? null);
    },
  };
}
