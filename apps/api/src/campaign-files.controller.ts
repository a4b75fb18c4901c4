import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignEditing } from '#campaigns';
import { AuthoringLanguage, CampaignVersionCard, CheckEdit, EditCheck, PackageFiles, SaveEdit } from '#contracts';
import type { CampaignId, PartnerId, VendorActor } from '#kernel';
import { authoringLanguage } from '#rendering';
import { campaignPreview, campaignVersionCard } from './campaigns.view.js';
import { Answers } from './http/api-response.js';
import { Allow, CurrentVendor } from './http/authority.js';

const Id = z.uuid();
const VersionNumber = z.coerce.number().int().min(1).max(100_000);

/** The words of the language that e-mails are written in. */
@ApiTags('campaigns')
@Controller('api/v1/authoring-language')
export class AuthoringLanguageController {
  @Get()
  @Allow('campaigns.read')
  @Answers(AuthoringLanguage)
  language(): AuthoringLanguage {
    const { elements, fields, builtInLinks } = authoringLanguage();
    return {
      elements: elements.map(({ name, attributes }) => ({
        name,
        attributes: attributes.map((attribute) => ({ name: attribute.name, values: [...attribute.values] })),
      })),
      fields: [...fields],
      builtInLinks: [...builtInLinks],
    };
  }
}

/** The files that a version is made of, for whoever writes them in the studio. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/files')
export class CampaignFilesController {
  constructor(private readonly editing: CampaignEditing) {}

  @Get()
  @Allow('campaigns.read')
  @Answers(PackageFiles)
  async files(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<PackageFiles> {
    const { packageHash, files } = await this.editing.files(actor, id as CampaignId, number);
    return { packageHash, files: files.map(({ path, bytes, hash, text }) => ({ path, bytes, hash, text })) };
  }

  /** What is wrong with changes, and how a template looks with them. Saves nothing. */
  @Post('check')
  @HttpCode(200)
  @Allow('campaigns.edit')
  @Answers(EditCheck)
  async check(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: CheckEdit }) { changes, show }: z.output<typeof CheckEdit>,
  ): Promise<EditCheck> {
    const choice = show === null ? null : { ...show, partnerId: show.partnerId as PartnerId | null };
    const edit = { campaignId: id as CampaignId, number, changes, show: choice };
    const { problems, preview } = await this.editing.check(actor, edit);
    return {
      problems: problems.map(({ code, severity, file, line, column, message, wayOut }) => ({
        code,
        severity,
        file,
        line,
        column,
        message,
        wayOut,
      })),
      preview: preview === null ? null : campaignPreview(preview),
    };
  }

  /** Saves changes as the draft, or as the next draft where the version is none any more. */
  @Patch()
  @Allow('campaigns.edit')
  @Answers(CampaignVersionCard)
  async save(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: SaveEdit }) { changes, basedOn }: z.output<typeof SaveEdit>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(
      await this.editing.save(actor, { campaignId: id as CampaignId, number, changes, basedOn }),
    );
  }
}
