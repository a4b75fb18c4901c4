import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandKits, SendingDomains } from '#brand';
import { Database } from '#database';
import { type FirstOwner, FirstOwners } from '#identity';
import {
  DomainError,
  newId,
  systemActor,
  type SystemActor,
  type UserId,
  type VendorId,
  type VendorProcess,
  vendorProcess,
} from '#kernel';
import { Organisations } from '#organisations';
import { checkedVendor, type NewVendor } from './new-vendor.js';

/** A link for the first owner, and whether the vendor is new. */
export interface OwnerLink {
  readonly vendorId: VendorId;
  readonly url: string;
  readonly isNew: boolean;
}

/** Fields of the services that a founding calls, as a founding calls them. */
const FIELDS: Readonly<Record<string, string>> = { domain: 'senderDomain', 'colours.primary': 'colour' };

/** Founds vendors: each completely or not at all. */
@Injectable()
export class VendorFounding {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly organisations: Organisations,
    private readonly owners: FirstOwners,
    private readonly domains: SendingDomains,
    private readonly kits: BrandKits,
  ) {}

  /**
   * Founds a vendor whose owner gets a link. A repeated call for the same vendor
   * and address makes a new link, as long as the vendor has no owner.
   * @param by the operator, for the audit log.
   * @param isMailed whether the owner gets the link by e-mail, too.
   * @throws DomainError that names the field: those of `checkedVendor`,
   *   `vendor.name-taken`, `account.name-invalid`, `sending-domain.…`,
   *   `brand-kit.colour-invalid`.
   */
  async withLink(by: SystemActor, input: NewVendor, owner: FirstOwner, isMailed: boolean): Promise<OwnerLink> {
    const vendor = checkedVendor(input);
    const known = await this.namesake(by, vendor.name);
    const vendorId = known ?? newId<VendorId>();
    const actor = vendorProcess(by.name, vendorId);
    return this.transaction(actor, async () => {
      if (known === null) await this.create(actor, vendor);
      else if (!(await this.isWaitingFor(actor, owner.email))) throw nameTaken(vendor.name);
      const url = await this.owners.invite(actor, { id: vendorId, name: vendor.name }, owner, isMailed);
      return { vendorId, url, isNew: known === null };
    });
  }

  /**
   * Founds a vendor whose owner has chosen a password.
   * @param passwordHash of a checked password.
   * @param then joins the transaction, before anything is written.
   * @throws DomainError as `withLink`.
   */
  async withPassword(
    by: SystemActor,
    input: NewVendor,
    owner: FirstOwner & { readonly passwordHash: string },
    then: (actor: SystemActor) => Promise<void>,
  ): Promise<{ readonly vendorId: VendorId; readonly userId: UserId }> {
    const vendor = checkedVendor(input);
    const vendorId = newId<VendorId>();
    const actor = vendorProcess(by.name, vendorId);
    return this.transaction(actor, async () => {
      await then(actor);
      await this.create(actor, vendor);
      const userId = await this.owners.create(actor, vendorId, owner, owner.passwordHash);
      return { vendorId, userId };
    });
  }

  /** All vendors of the installation, for its operator. */
  async list(): ReturnType<Organisations['vendors']> {
    return this.organisations.vendors(systemActor('vendor-list'));
  }

  /** Foundings take turns, so that no two vendors get one name. */
  private async transaction<T>(actor: VendorProcess, work: () => Promise<T>): Promise<T> {
    return this.database.inTransaction(actor, async () => {
      await this.database.lock('founding of a vendor');
      return work();
    });
  }

  private async create(actor: VendorProcess, vendor: NewVendor): Promise<void> {
    const { name, countryCode, timeZone, languages, senderDomain, colour, logo } = vendor;
    const { vendorId: id } = actor;
    if ((await this.namesake(actor, name)) !== null) throw nameTaken(name);
    await this.organisations.create(actor, { kind: 'vendor', id, name, countryCode, timeZone, languages });
    await this.organisations.createProgramme(actor, id, name);
    if (senderDomain !== null) await named(() => this.domains.choose(actor, { domain: senderDomain }));
    if (colour !== null) await named(() => this.kits.edit(actor, null, colour));
    if (logo !== null) await this.kits.useLogo(actor, logo);
    await this.audit.record(actor, {
      action: 'vendor.founded',
      subject: { kind: 'organisation', id },
      details: { name, countryCode, timeZone, languages, senderDomain },
    });
  }

  private async namesake(actor: SystemActor, name: string): Promise<VendorId | null> {
    const vendors = await this.organisations.vendors(actor);
    return vendors.find((one) => one.name.toLowerCase() === name.toLowerCase())?.id ?? null;
  }

  private async isWaitingFor(actor: VendorProcess, email: string): Promise<boolean> {
    const invited = await this.owners.waitingFor(actor, actor.vendorId);
    return invited?.toLowerCase() === email.toLowerCase();
  }
}

/** Runs a step; its refusal names the field as the founding does. */
async function named<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    const { code, message, details, kind } = cause;
    const field = FIELDS[details.field ?? ''] ?? details.field;
    throw new DomainError(code, message, { ...details, ...(field === undefined ? {} : { field }) }, { cause, kind });
  }
}

const nameTaken = (name: string): DomainError =>
  new DomainError(
    'vendor.name-taken',
    `A vendor called ${name} exists already. Choose another name. More people join it by an invitation of its owner, under Team.`,
    { field: 'vendorName', name },
    { kind: 'conflict' },
  );
