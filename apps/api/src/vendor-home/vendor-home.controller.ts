import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Activations } from '#activations';
import { type OpenCampaign, OpenCampaigns } from '#campaigns';
import { CompiledCampaigns } from '#content';
import { VendorHome } from '#contracts';
import { can } from '#identity';
import { ProgrammeHealth } from '#insight';
import { Clock, type VendorActor } from '#kernel';
import { testedStepOf } from '#sequencing';
import type { BlobHash } from '#storage';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { PartnerCare } from './partner-care.service.js';

const SHOWN = 10;

/** The home of a vendor's person. */
@ApiTags('campaigns')
@Controller('api/v1/vendor-home')
export class VendorHomeController {
  constructor(
    private readonly health: ProgrammeHealth,
    private readonly campaigns: OpenCampaigns,
    private readonly activations: Activations,
    private readonly care: PartnerCare,
    private readonly compiled: CompiledCampaigns,
    private readonly clock: Clock,
  ) {}

  /** No contacts: partners and campaigns as lists show them, won amounts as returns have them, and released numbers. */
  @Summary('Get how your programme does: six figures, running campaigns, partners to care for')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(VendorHome)
  async get(@CurrentVendor() actor: VendorActor): Promise<VendorHome> {
    const { figures, won, released, nextReleaseOn } = await this.health.figures(actor);
    return {
      asOf: this.clock.now().toISOString(),
      figures: [...figures],
      won,
      released: [...released],
      nextReleaseOn,
      campaigns: await this.runningCampaigns(actor),
      care: await this.care.list(actor),
    };
  }

  private async runningCampaigns(actor: VendorActor): Promise<VendorHome['campaigns']> {
    const published = await this.campaigns.list(actor);
    const ids = published.map(({ campaignId }) => campaignId);
    const running = await this.activations.partnersRunning(actor, ids);
    const today = this.clock.now().toISOString().slice(0, 10);
    const isOpen = ({ opensOn, closesOn }: OpenCampaign): boolean => opensOn <= today && today <= closesOn;
    const listed = published.filter((one) => isOpen(one) || running.has(one.campaignId));
    const items = [];
    for (const { title, compiledHash, ...campaign } of listed.slice(0, SHOWN))
      items.push({
        ...campaign,
        title: { ...title },
        partnersRunning: running.get(campaign.campaignId) ?? 0,
        hasExperiment: can(actor, 'vendor-insight.read') && (await this.hasExperiment(compiledHash)),
      });
    return { count: listed.length, items };
  }

  private async hasExperiment(compiledHash: BlobHash): Promise<boolean> {
    const { sequence } = (await this.compiled.load(compiledHash)).definition;
    return sequence.holdOut !== undefined || testedStepOf(sequence) !== null;
  }
}
