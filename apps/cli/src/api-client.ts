import { z } from 'zod';
import { Campaigns, CampaignVersionCard, Problem } from '#contracts';
import { CommandFailure } from './command-failure.js';

const TIMEOUT_MS = 240_000;

/** The API refused a request. Carries its problem document. */
export class Refusal extends CommandFailure {
  constructor(readonly problem: Problem) {
    super(problem.detail, 1);
  }
}

/** Client of the campaign authoring API, with an API key. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws Refusal with the API's problem document. */
  async createCampaign(zip: Buffer): Promise<CampaignVersionCard> {
    return CampaignVersionCard.parse(await (await this.send('campaigns', uploadOf(zip))).json());
  }

  async nextVersion(campaignId: string, zip: Buffer): Promise<CampaignVersionCard> {
    return CampaignVersionCard.parse(
      await (await this.send(`campaigns/${encodeURIComponent(campaignId)}/versions`, uploadOf(zip))).json(),
    );
  }

  /**
   * Finds a campaign by its name.
   * @returns its id and newest version number.
   * @throws CommandFailure if the vendor has no campaign of that name.
   */
  async campaignNamed(name: string): Promise<{ id: string; newest: number }> {
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await this.send(
        `campaigns?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      const page: z.output<typeof Campaigns> = Campaigns.parse(await answer.json());
      const found = page.items.find((campaign) => campaign.name === name);
      if (found !== undefined) return { id: found.id, newest: found.newestVersion.number };
      cursor = page.nextCursor;
    }
    throw new CommandFailure(`There is no campaign "${name}". Check the name in campaign.yaml.`, 1);
  }

  async packageOf(campaignId: string, number: number): Promise<Buffer> {
    const answer = await this.send(`campaigns/${campaignId}/versions/${number}/package.zip`);
    return Buffer.from(await answer.arrayBuffer());
  }

  private async send(path: string, body?: FormData): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.url.replace(/(?<!\/)\/+$/, '')}/api/v1/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${this.key}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body }),
      });
    } catch (cause) {
      const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
      throw new CommandFailure(`${this.url} does not answer (${reason}). Is it running, and is --url right?`);
    }
    if (response.ok) return response;
    const problem = Problem.safeParse(await response.json().catch(() => null));
    if (problem.success) throw new Refusal(problem.data);
    throw new CommandFailure(
      `${this.url} answered ${response.status}, which is not an answer of Throughline. Is --url right?`,
    );
  }
}

function uploadOf(zip: Buffer): FormData {
  const form = new FormData();
  form.set('package', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.zip');
  return form;
}
