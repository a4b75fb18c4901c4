import { Injectable } from '@nestjs/common';
import { INGEST_LOGO, LogoReader, type LogoReading } from '#brand';
import { Handles } from '#jobs';

/** Decodes uploaded logos. */
@Injectable()
export class LogosHandler {
  constructor(private readonly reader: LogoReader) {}

  @Handles(INGEST_LOGO)
  async read({ originalHash }: { originalHash: string }): Promise<LogoReading> {
    return this.reader.read(originalHash);
  }
}
