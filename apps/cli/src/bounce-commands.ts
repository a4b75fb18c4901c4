import { BouncedAddresses, ContactsModule } from '#contacts';
import { DomainError } from '#kernel';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator, withInstallation } from './operator-process.js';

/** Opens the suppressions of an installation for one command. */
export async function withBounces(work: (bounces: BouncedAddresses) => Promise<void>): Promise<void> {
  await withInstallation([ContactsModule], (app) => work(app.get(BouncedAddresses)));
}

/**
 * Lifts what a wrong bounce caused, for every sender.
 * @throws CommandFailure for a text that is no address.
 */
export async function liftBounce(bounces: BouncedAddresses, email: string, print: Print): Promise<void> {
  try {
    const { platform, vendors, partners } = await bounces.lift(operator(), email);
    if (platform + vendors + partners === 0) print('No bounce suppresses this address. Nothing was changed.');
    else
      print(
        `Lifted for ${platform === 0 ? '' : 'the whole installation, '}${vendors} vendors and ${partners} partners. Opt-outs and complaints stay.`,
      );
  } catch (error) {
    throw error instanceof DomainError ? new CommandFailure(error.message) : error;
  }
}
