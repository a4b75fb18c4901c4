import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ContactImports } from '#contacts';
import { Database } from '#database';
import { NotificationSettings } from '#identity';
import type { ContactListId } from '#kernel';
import type { Seed } from '../seed-file.js';
import type { SeededPartner } from '../seed-partners.service.js';
import { type ImportedPeople, importedBy } from './history-plan.js';
import { csvOf, importedPeople } from './imported-people.js';

/** Between two looks whether a queued import is done. */
const POLL_MS = 100;

/** The lists of a partner by the files that they come from. */
export type ImportedLists = ReadonlyMap<ImportedPeople, ContactListId>;

/** Their owners are the ones to sign in as: they get an e-mail for each lead. */
const MAILED: readonly string[] = ['brightwater', 'kessler'];

/** Partners prepare for the plan: they choose their notifications, and import people from files. */
@Injectable()
export class PastImports {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationSettings,
    private readonly imports: ContactImports,
  ) {}

  /** @returns when all people are in their lists. */
  async importAll(seed: Seed, partners: readonly SeededPartner[]): Promise<ReadonlyMap<string, ImportedLists>> {
    const all = await Promise.all(
      partners.map(async (one) => {
        if (!MAILED.includes(one.partner.key)) await this.chooseSummary(one);
        const lists = new Map<ImportedPeople, ContactListId>();
        for (const file of importedBy(one.partner.key)) lists.set(file, await this.importOne(seed, one, file));
        return [one.partner.key, lists] as const;
      }),
    );
    return new Map(all);
  }

  /** The owner hears of leads in the portal and the weekly summary. */
  private async chooseSummary({ actor }: SeededPartner): Promise<void> {
    const { userId, partnerId } = actor;
    if (userId === null) return;
    await this.database.inTransaction(actor, () =>
      this.notifications.save(actor, { userId, organisationId: partnerId }, [{ kind: 'leads', delivery: 'weekly' }]),
    );
  }

  private async importOne(seed: Seed, { partner, actor }: SeededPartner, file: ImportedPeople): Promise<ContactListId> {
    const { id } = await this.imports.accept(actor, {
      fileName: file.fileName,
      bytes: Buffer.from(csvOf(importedPeople(seed, partner, file), partner.countryCode)),
      listName: file.listName,
      basis: 'opt-in',
      evidence: file.evidence,
    });
    for (;;) {
      const { status, listId, created, failure } = await this.imports.get(actor, id);
      if (status === 'completed' && listId !== null && created === file.people) return listId;
      if (status !== 'queued' && status !== 'running')
        throw new Error(`${file.fileName} of ${partner.key} has ${created} new people. ${failure ?? ''}`);
      await pause(POLL_MS);
    }
  }
}
