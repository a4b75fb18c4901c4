import { Controller, Get, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type Activation, Activations } from '#activations';
import { VendorSigningKeys } from '#campaigns';
import { SealedVersion, SigningKeys as SigningKeySet } from '#contracts';
import type { ActivationId, CampaignVersionId, PartnerActor, VendorActor, VendorId } from '#kernel';
import { SealRecords } from '#seal';
import { Allow, CurrentPartner, CurrentVendor, Public } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

/**
 * What an auditor needs to verify a copy without this server: `throughline
 * verify --help`.
 */
@ApiTags('seals')
@Controller('api/v1')
export class SealsController {
  constructor(
    private readonly keys: VendorSigningKeys,
    private readonly records: SealRecords,
    private readonly activations: Activations,
  ) {}

  /** A JSON Web Key Set. */
  @Summary("Get a vendor's public signing keys")
  @Public()
  @Get('vendors/:vendorId/signing-keys')
  @ResponseBody(SigningKeySet)
  async published(@IdParam('vendorId') vendorId: VendorId): Promise<SigningKeySet> {
    return this.keys.published(vendorId);
  }

  /**
   * Retires the current signing key and creates a new one. Existing signatures
   * can still be verified.
   */
  @Summary('Replace your signing key with a new one')
  @Allow('vendor-keys.edit')
  @Post('signing-keys')
  @ResponseBody(SigningKeySet, 201)
  async rotate(@CurrentVendor() actor: VendorActor): Promise<SigningKeySet> {
    return this.keys.rotate(actor);
  }

  /** The signed manifest of the version that an activation runs, or that it ran when a receipt was signed. */
  @Summary('Download the signed manifest of the version that an activation runs')
  @ResponseMedia('application/json')
  @Allow('activations.read')
  @Get('activations/:id/manifest')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async manifest(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Query({ schema: SealedVersion }) { versionId }: z.output<typeof SealedVersion>,
  ): Promise<StreamableFile> {
    const activation = await this.atVersion(actor, id, versionId);
    return asFile(await this.activations.manifest(actor, activation), `manifest-${id}.json`);
  }

  /**
   * The approved values of an activation, signed at the launch or the update to
   * the version. With them, each hole of a copy has exactly one valid value.
   */
  @Summary('Download the seal of an activation')
  @ResponseMedia('application/json')
  @Allow('activations.read')
  @Get('activations/:id/seal')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async activationSeal(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ActivationId,
    @Query({ schema: SealedVersion }) { versionId }: z.output<typeof SealedVersion>,
  ): Promise<StreamableFile> {
    const { edition } = await this.atVersion(actor, id, versionId);
    const seal = await this.records.activationSeal(actor, id, edition);
    return asFile(Buffer.from(JSON.stringify(seal)), `activation-seal-${id}.json`);
  }

  private async atVersion(actor: PartnerActor, id: ActivationId, versionId?: CampaignVersionId): Promise<Activation> {
    const activation = await this.activations.get(actor, id);
    return versionId === undefined ? activation : this.activations.atVersion(actor, activation, versionId);
  }

  /** The signed receipt of a document or picture. */
  @Summary('Download the receipt of a document or image')
  @ResponseMedia('application/json')
  @Allow('activations.read')
  @Get('assets/:id/receipt')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async assetReceipt(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: string): Promise<StreamableFile> {
    const receipt = await this.records.receipt(actor, 'asset', id);
    return asFile(Buffer.from(JSON.stringify(receipt)), `receipt-${id}.json`);
  }

  /** The signed receipt of a message. */
  @Summary('Download the receipt of a message')
  @ResponseMedia('application/json')
  @Allow('activations.read')
  @Get('messages/:id/receipt')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async receipt(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: string): Promise<StreamableFile> {
    const receipt = await this.records.receipt(actor, 'message', id);
    return asFile(Buffer.from(JSON.stringify(receipt)), `receipt-${id}.json`);
  }
}

const asFile = (json: Buffer, name: string): StreamableFile =>
  new StreamableFile(json, { type: 'application/json', disposition: `attachment; filename="${name}"` });
