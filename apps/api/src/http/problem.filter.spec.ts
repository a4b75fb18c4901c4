import { BadRequestException, Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import request from 'supertest';
import { DomainError } from '#kernel';
import { TaskBusyError } from '#subprocess';
import { ProblemFilter } from './problem.filter.js';

const ERRORS: Readonly<Record<string, Error>> = {
  busy: new TaskBusyError(),
  away: new DomainError('job.unavailable', 'No process answered in time.', {}, { kind: 'unavailable' }),
  full: Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
  often: new DomainError('upload.too-many', 'Three uploads are running.', {}, { kind: 'too-many' }),
  broken: new Error('secret cause'),
  'stray-file': new BadRequestException('Unexpected file field - file'),
  'year-zero': Object.assign(new Error('date/time field value out of range: "0000-01-01"'), { code: '22008' }),
};

@Controller()
class FailingController {
  @Get(':name')
  fail(@Param('name') name: string): never {
    throw ERRORS[name] ?? new Error(name);
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('an error', () => {
  const open = async () => {
    const app = await NestFactory.create(FailingModule, { logger: false });
    app.useGlobalFilters(new ProblemFilter());
    return app.init();
  };
  let app: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    app = await open();
  });
  afterAll(() => app.close());

  it.each([
    ['of a pool of subprocesses that is full', 'busy', 503, 'server.busy'],
    ['of a queue that no process serves', 'away', 503, 'job.unavailable'],
    ['of a full disk', 'full', 503, 'server.resources'],
    ['of a limit', 'often', 429, 'upload.too-many'],
  ])('%s says when to try again', async (_, name, status, code) => {
    const answer = await request(app.getHttpServer()).get(`/${name}`).expect(status);
    expect([answer.headers['retry-after'], answer.type]).toEqual(['60', 'application/problem+json']);
    expect(JSON.parse(answer.text)).toMatchObject({ code, status });
  });

  it('of a file in another field says where the fields are named', async () => {
    const answer = await request(app.getHttpServer()).get('/stray-file').expect(400);
    expect(JSON.parse(answer.text)).toMatchObject({ detail: expect.stringContaining('/api/docs') });
  });

  it('of a date that the database does not have is one of the request', async () => {
    const answer = await request(app.getHttpServer()).get('/year-zero').expect(422);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'date.out-of-range' });
  });

  it('that is unexpected tells neither its cause nor a time', async () => {
    const answer = await request(app.getHttpServer()).get('/broken').expect(500);
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect(answer.text).not.toContain('secret');
  });
});
