import { Controller, Get } from '@nestjs/common';
import { Activations, NewerVersions } from '#activations';
import type { PartDifference } from '#content';
import { NewerVersionView } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Newer = NonNullable<NewerVersionView['newer']>;

/** Newer versions of the campaign that an activation runs. */
@Controller('api/v1')
export class NewerVersionsController {
  constructor(
    private readonly activations: Activations,
    private readonly newer: NewerVersions,
  ) {}

  @Summary('Get the newer version that can replace a running activation, and the differences')
  @Allow('activations.read')
  @Get('activations/:id/newer-version')
  @ResponseBody(NewerVersionView)
  async one(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ActivationId): Promise<NewerVersionView> {
    const found = await this.newer.findFor(actor, await this.activations.get(actor, id));
    if (found === null) return { newer: null };
    const { version, runs, difference } = found;
    const { emails, pages, documents, social, sequence } = difference;
    const { versionId, number, opensOn, closesOn } = version;
    return {
      newer: {
        versionId,
        number,
        runs,
        opensOn,
        closesOn,
        sequence,
        emails: differing(emails),
        pages: differing(pages),
        documents: differing(documents),
        social: differing(social),
      },
    };
  }
}

const differing = (parts: readonly PartDifference[]): Newer['emails'] =>
  parts.map(({ words, ...part }) => ({ ...part, words: { gone: [...words.gone], new: [...words.new] } }));
