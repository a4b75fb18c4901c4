import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ReadyPostQuery, ReadyPosts as ReadyPostsPage, ReadyPostView, SayPosted, WaitingPosts } from '#contracts';
import type { ActivationId, PartnerActor } from '#kernel';
import { type ReadyPostCursor, ReadyPosts } from '#sequences';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { cursorOf, ReadyPostViews } from './ready-posts.view.js';

/** As packages write them, or nearly: what no package could name is an answer of its own, not a fault of form. */
const PostKey = z.string().regex(/^[\w-]{1,60}$/);
const Place = z.tuple([z.iso.datetime(), z.uuid(), PostKey]);

/** What does not read as a place begins at the beginning. */
function placeIn(cursor: string | undefined): ReadyPostCursor | null {
  const { data } = Place.safeParse(cursor?.split(' '));
  if (data === undefined) return null;
  const [readyAt, activationId, postKey] = data;
  return { readyAt: new Date(readyAt), activationId: activationId as ActivationId, postKey };
}

/** Posts that fell due, for their partner to publish. */
@ApiTags('activations')
@Controller('api/v1')
export class ReadyPostsController {
  constructor(
    private readonly posts: ReadyPosts,
    private readonly views: ReadyPostViews,
  ) {}

  @Get('ready-posts')
  @Allow('activations.read')
  @Answers(ReadyPostsPage)
  async list(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: ReadyPostQuery }) { limit, cursor, activationId, state }: z.output<typeof ReadyPostQuery>,
  ): Promise<z.output<typeof ReadyPostsPage>> {
    const found = await this.posts.list(actor, {
      activationId: (activationId as ActivationId | undefined) ?? null,
      isOpen: state === 'open',
      limit,
      before: placeIn(cursor),
    });
    const last = found.length === limit ? found.at(-1) : undefined;
    return { items: await this.views.of(actor, found), nextCursor: last === undefined ? null : cursorOf(last) };
  }

  @Get('ready-posts/waiting')
  @Allow('activations.read')
  @Answers(WaitingPosts)
  async waiting(@CurrentPartner() actor: PartnerActor): Promise<z.output<typeof WaitingPosts>> {
    return { count: await this.posts.waiting(actor) };
  }

  /** Says that a post is published, or takes that back. */
  @Put('activations/:id/ready-posts/:postKey')
  @Allow('activations.control')
  @Answers(ReadyPostView)
  async say(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: z.uuid() }) id: string,
    @Param('postKey', { schema: PostKey }) postKey: string,
    @Body({ schema: SayPosted }) { posted }: z.output<typeof SayPosted>,
  ): Promise<ReadyPostView> {
    const said = await this.posts.say(actor, { activationId: id as ActivationId, postKey }, posted);
    const [view] = await this.views.of(actor, [said]);
    if (view === undefined) throw new Error('A post has no view.');
    return view;
  }
}
