import { isUtf8 } from 'node:buffer';
import type { SourceProblem } from '#kernel';
import { notUtf8 } from '../definition/yaml-source.js';
import { pictureProblems } from '../compile/package-images.js';
import { packageProblem } from './campaign-package.js';
import type { UploadedFile } from './inspect-task.js';
import { isEditable } from './package-edit.js';

/** Compares a file with its name, in this process, which can be killed. */
export async function run({ path, bytes }: UploadedFile): Promise<readonly SourceProblem[]> {
  const file = Buffer.from(bytes);
  if (isEditable(path)) return isUtf8(file) ? [] : [notUtf8(path, file)];
  if (path.toLowerCase().endsWith('.pdf')) return file.subarray(0, 1024).includes('%PDF-') ? [] : [noPdf(path)];
  const problems = await pictureProblems({ files: new Map([[path, file]]) });
  return problems.filter(({ severity }) => severity === 'error');
}

const noPdf = (path: string): SourceProblem =>
  packageProblem('file-type-wrong', path, 'This file is not a PDF.', 'Export it as PDF and upload it again.');
