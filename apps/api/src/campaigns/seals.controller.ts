import { Controller, Get, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations } from '#activations';
import { VendorSigningKeys } from '#campaigns';
import { SigningKeys as SigningKeySet } from '#contracts';
import type { ActivationId, PartnerActor, VendorActor, VendorId } from '#kernel';
import { SealRecords } from '#seal';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentPartner, CurrentVendor, Public } from '../http/authority.js';

const Id = z.uuid();

/** What somebody needs to verify a copy without this server: `throughline verify --help`. */
@ApiTags('seals')
@Controller('api/v1')
export class SealsController {
  constructor(
    private readonly keys: VendorSigningKeys,
    private readonly records: SealRecords,
    private readonly activations: Activations,
  ) {}

  /** A vendor's public keys, as a JSON Web Key Set: for everybody who has to verify something. */
  @Public()
  @Get('vendors/:vendorId/signing-keys')
  @Answers(SigningKeySet)
  async published(@Param('vendorId', { schema: Id }) vendorId: string): Promise<SigningKeySet> {
    return this.keys.published(vendorId as VendorId);
  }

  /** Retires the key that signs now and makes a new one. What was signed stays verifiable. */
  @Allow('vendor-keys.edit')
  @Post('signing-keys')
  @Answers(SigningKeySet, 201)
  async rotate(@CurrentVendor() actor: VendorActor): Promise<SigningKeySet> {
    return this.keys.rotate(actor);
  }

  /** The signed manifest of the version that an activation runs. */
  @Allow('activations.read')
  @Get('activations/:id/manifest')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async manifest(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: Id }) id: string,
  ): Promise<StreamableFile> {
    const activation = await this.activations.get(actor, id as ActivationId);
    return asFile(await this.activations.manifest(actor, activation), `manifest-${id}.json`);
  }

  /** The approved values of an activation, signed at launch: with them every hole has one value that passes. */
  @Allow('activations.read')
  @Get('activations/:id/seal')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async activationSeal(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: Id }) id: string,
  ): Promise<StreamableFile> {
    const seal = await this.records.activationSeal(actor, id as ActivationId);
    return asFile(Buffer.from(JSON.stringify(seal)), `activation-seal-${id}.json`);
  }

  /** The signed receipt of a document or picture. */
  @Allow('activations.read')
  @Get('assets/:id/receipt')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async assetReceipt(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: Id }) id: string,
  ): Promise<StreamableFile> {
    const receipt = await this.records.receipt(actor, 'asset', id);
    return asFile(Buffer.from(JSON.stringify(receipt)), `receipt-${id}.json`);
  }

  /** The signed receipt of a message. */
  @Allow('activations.read')
  @Get('messages/:id/receipt')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async receipt(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: Id }) id: string,
  ): Promise<StreamableFile> {
    const receipt = await this.records.receipt(actor, 'message', id);
    return asFile(Buffer.from(JSON.stringify(receipt)), `receipt-${id}.json`);
  }
}

const asFile = (json: Buffer, name: string): StreamableFile =>
  new StreamableFile(json, { type: 'application/json', disposition: `attachment; filename="${name}"` });
