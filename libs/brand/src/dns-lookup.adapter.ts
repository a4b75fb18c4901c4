import { Resolver } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import type { DnsAnswer } from './domain-records.js';

const TIMEOUT_MS = 3_000;
const TRIES = 2;
/** Definite answers; every other error means unknown. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/** DNS look-ups that distinguish "no record" from "no answer". */
@Injectable()
export class DnsLookup {
  private readonly resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });

  constructor(@Inject(CONFIG) { DNS_SERVERS }: Pick<Config, 'DNS_SERVERS'>) {
    if (DNS_SERVERS.length > 0) this.resolver.setServers(DNS_SERVERS);
  }

  /**
   * Texts at a name, each joined from its strings (RFC 7208, 3.3).
   * Follows a CNAME.
   */
  texts(name: string): Promise<DnsAnswer> {
    return answered(async () => (await this.resolver.resolveTxt(name)).map((strings) => strings.join('')));
  }

  /**
   * Servers that receive mail to a domain (RFC 5321, 5.1): its MX records, else
   * the domain itself if it has an address. A null MX (RFC 7505) is absent.
   */
  async mailHosts(domain: string): Promise<DnsAnswer> {
    const exchanges = await answered(async () =>
      (await this.resolver.resolveMx(domain)).map(({ exchange }) => exchange),
    );
    if (exchanges.kind === 'unreachable') return exchanges;
    if (exchanges.kind === 'found') {
      const values = exchanges.values
        .map((host) => host.toLowerCase().replace(/\.$/, ''))
        .filter((host) => host !== '');
      return values.length === 0 ? { kind: 'absent' } : { kind: 'found', values };
    }
    const v4 = await answered(() => this.resolver.resolve4(domain));
    const address = v4.kind === 'absent' ? await answered(() => this.resolver.resolve6(domain)) : v4;
    return address.kind === 'found' ? { kind: 'found', values: [domain] } : address;
  }

  aliases(name: string): Promise<DnsAnswer> {
    return answered(() => this.resolver.resolveCname(name));
  }
}

async function answered(ask: () => Promise<string[]>): Promise<DnsAnswer> {
  try {
    const values = await ask();
    return values.length === 0 ? { kind: 'absent' } : { kind: 'found', values };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return ABSENT.has(code) ? { kind: 'absent' } : { kind: 'unreachable', why: code };
  }
}
