import { Injectable } from '@nestjs/common';
import type { ContactId } from '#kernel';
import { Cohort } from './cohort.js';
import { DryRunContacts, type ListedContact } from './dry-run-contacts.service.js';
import type { DryRunPlan } from './dry-run-plans.service.js';
import type { SimulatedContact, SimulatedStep } from './dry-run.js';
import { ForecastRun, skippedAtLaunch } from './forecast-run.js';
import type { Quotas } from './quotas.js';

/**
 * Runs the simulation of a plan. Its terms and rules: README.md of this folder.
 */
@Injectable()
export class Simulator {
  constructor(private readonly contacts: DryRunContacts) {}

  /**
   * Begins to simulate the whole list. The run reads the list page by page in
   * the background.
   * @param size contacts on the list, for the progress.
   */
  simulate(plan: DryRunPlan, size: number): ForecastRun {
    return new ForecastRun(plan, size, (...page) => this.contacts.page(...page));
  }

  /**
   * Simulates some contacts of the list, in the order of their ids.
   * @param quotas of a run of the whole list: they tell which contacts wait.
   */
  async simulatePage(
    plan: DryRunPlan,
    { afterId, limit }: { readonly afterId: ContactId | null; readonly limit: number },
    quotas: Quotas,
  ): Promise<SimulatedContact[]> {
    const listed = await this.contacts.page(plan, afterId, limit);
    return listed.map((one) => simulateContact(plan, one, quotas));
  }
}

function simulateContact(plan: DryRunPlan, listed: ListedContact, quotas: Quotas): SimulatedContact {
  const { person, profile } = listed;
  if (profile === null) return { ...person, steps: [skippedAtLaunch(plan, listed.exclusion)], end: 'not-enrolled' };
  const steps: SimulatedStep[] = [];
  const { id } = person.contact;
  const cohort = new Cohort(profile, [id], plan.cache, (step) => steps.push(step));
  while (cohort.isActive) cohort.apply(cohort.askQuotas(quotas, id));
  return { ...person, steps, end: cohort.end ?? 'later' };
}
