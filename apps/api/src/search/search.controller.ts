import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { SearchQuery, SearchView } from '#contracts';
import type { Session } from '#identity';
import { CurrentSession, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { Search } from './search.service.js';

/** What a person may see, by name. */
@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(private readonly found: Search) {}

  /** Vendors: campaigns, partners, groups. Partners: campaigns, activations, contacts, leads. */
  @Summary('Search by name in all that you may see')
  @SignedIn()
  @Get()
  @ResponseBody(SearchView)
  async search(
    @CurrentSession() { session }: { session: Session },
    @Query({ schema: SearchQuery }) { q }: z.output<typeof SearchQuery>,
  ): Promise<SearchView> {
    return { items: session.actor === null ? [] : await this.found.find(session.actor, q) };
  }
}
