import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config } from './config.js';

/** Token of the validated configuration; inject with `@Inject(CONFIG)`. */
export const CONFIG = Symbol('Config');

@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
