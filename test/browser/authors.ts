import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { zipFolder } from '../journeys/journey-package.js';
import type { Portal, Visitor } from './portal.js';

/** A draft of its own, made of a shipped template in four clicks, on its own page. */
export async function beginCampaign(portal: Portal, title: string): Promise<Visitor> {
  const maya = await portal.signIn('maya@northwind.example');
  await maya.press(maya.link('New campaign'));
  await maya.press(maya.page.getByRole('button', { name: 'Use this: “Zero trust at the edge”' }).first());
  await maya.field('Title of the new campaign').fill(title);
  await maya.press(maya.button('Create the draft'));
  await openVersion(maya);
  return maya;
}

/** From the builder, in which a new draft opens, to the page of its version. */
export async function openVersion(visitor: Visitor): Promise<void> {
  await visitor.page.waitForURL(/\/versions\/1\/edit/);
  await visitor.press(visitor.link('Version 1'));
  await visitor.page.waitForURL(/\/campaigns\/[0-9a-f-]+\/versions\/1$/);
}

export async function leaveWithoutErrors(visitor: Visitor): Promise<void> {
  expect(visitor.errors).toEqual([]);
  await visitor.leave();
}

const TEMPLATE = join(packageRoot(), 'templates/zero-trust-edge');

/** A shipped template as a package to upload, with changed and added files. */
export async function templatePackage(
  name: string,
  changes: Parameters<typeof zipFolder>[1] = {},
  added: Parameters<typeof zipFolder>[2] = {},
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  return { name, mimeType: 'application/zip', buffer: await zipFolder(TEMPLATE, changes, added) };
}
