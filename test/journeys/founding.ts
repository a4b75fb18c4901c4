import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Environment, readConfig } from '#config';
import { Accounts, hashPassword, IdentityModule, type Role } from '#identity';
import { systemActor, type VendorId } from '#kernel';
import { Organisations, OrganisationsModule } from '#organisations';
import { PlatformModule } from '#platform';
import type { Scene } from './journey.js';

const OPERATOR = systemActor('operator');

@Module({})
class Founding {}

/**
 * Sets up a vendor as its operator does: an organisation, a programme, and
 * users with roles.
 */
export async function foundVendor(environment: Environment): Promise<Scene['vendor']> {
  const app = await NestFactory.createApplicationContext(
    {
      module: Founding,
      imports: [
        PlatformModule.forRoot({
          config: readConfig(environment),
          processName: 'founding',
          queue: 'in-process',
          consume: {},
        }),
        OrganisationsModule,
        IdentityModule,
      ],
    },
    { logger: false, abortOnError: false },
  );
  try {
    const place = { countryCode: 'GB', timeZone: 'Europe/London' };
    const organisations = app.get(Organisations);
    const vendor = { kind: 'vendor' as const, name: 'Northwind Systems', ...place };
    const vendorId = (await organisations.create(OPERATOR, vendor)) as VendorId;
    await organisations.createProgramme(OPERATOR, vendorId, 'Northwind partners');
    const password = 'a mill in the morning';
    const passwordHash = await hashPassword(password);
    const person = async (role: Role): Promise<string> => {
      const email = `${role}@northwind.example`;
      const about = { email, name: `The ${role}`, passwordHash, locale: 'en' };
      await app.get(Accounts).assign(OPERATOR, await app.get(Accounts).ensureUser(OPERATOR, about), vendorId, role);
      return email;
    };
    const [owner, marketer, approver] = [await person('owner'), await person('marketer'), await person('approver')];
    return { owner, marketer, approver, password };
  } finally {
    await app.close();
  }
}
