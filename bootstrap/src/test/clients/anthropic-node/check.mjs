// Anthropic's own Node SDK against a running gateway: unary, streamed, tools, token counts, errors.
//   ./tierway demo            (in another terminal)
//   npm install && node check.mjs [http://127.0.0.1:8080]
import assert from 'node:assert/strict';
import Anthropic, { BadRequestError, NotFoundError } from '@anthropic-ai/sdk';

const baseURL = process.argv[2] ?? 'http://127.0.0.1:8080';
const client = new Anthropic({ baseURL, apiKey: 'sk-unused', maxRetries: 0, timeout: 20_000 });
const messages = [{ role: 'user', content: 'What is a spine?' }];
const call = { model: 'tier:mid/code', max_tokens: 200, messages };
const tools = [{
  name: 'weather',
  description: 'The weather in a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}];
let failed = 0;

async function check(name, run) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${name}: ${error.message}`);
  }
}

await check('models', async () => {
  const models = await client.models.list();
  assert.ok(models.data.length > 0 && models.data[0].id);
});

await check('unary', async () => {
  const { data, response } = await client.messages.create(call).withResponse();
  assert.ok(data.content[0].text.length > 0);
  assert.ok(data.usage.input_tokens > 0 && data.usage.output_tokens > 0);
  assert.ok(response.headers.get('x-tierway-decision').startsWith('dec_'));
});

await check('streamed, with usage', async () => {
  const stream = client.messages.stream(call);
  let text = '';
  stream.on('text', (piece) => { text += piece; });
  const whole = await stream.finalMessage();
  assert.ok(text.length > 0);
  assert.equal(whole.content[0].text, text);
  assert.ok(whole.stop_reason);
  assert.ok(whole.usage.output_tokens > 0);
});

await check('streamed, left in the middle', async () => {
  const stream = await client.messages.create({ ...call, stream: true });
  for await (const event of stream) {
    if (event.type === 'content_block_delta') {
      stream.controller.abort();
      break;
    }
  }
});

await check('tool call, and its result', async () => {
  const asked = await client.messages.create({ ...call, tools, tool_choice: { type: 'any' } });
  assert.equal(asked.stop_reason, 'tool_use');
  const use = asked.content.find((block) => block.type === 'tool_use');
  assert.equal(use.name, 'weather');
  assert.equal(typeof use.input, 'object');
  const answer = await client.messages.create({ ...call, tools, messages: [
    ...messages,
    { role: 'assistant', content: asked.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'sunny' }] },
  ] });
  assert.ok(answer.content.length > 0);
});

await check('tool call, streamed', async () => {
  const whole = await client.messages.stream({ ...call, tools, tool_choice: { type: 'any' } }).finalMessage();
  const use = whole.content.find((block) => block.type === 'tool_use');
  assert.equal(use.name, 'weather');
  assert.equal(typeof use.input, 'object');
});

await check('token count', async () => {
  const { input_tokens } = await client.messages.countTokens({ model: call.model, messages });
  assert.ok(input_tokens > 0);
});

await check('error: unknown model', async () => {
  await assert.rejects(
    client.messages.create({ ...call, model: 'no-such-model' }),
    (error) => error instanceof NotFoundError && error.error.error.type === 'not_found_error',
  );
});

await check('error: malformed request', async () => {
  await assert.rejects(
    client.messages.create({ ...call, messages: 'hello' }),
    (error) => error instanceof BadRequestError && error.error.error.type === 'invalid_request_error',
  );
});

process.exit(failed === 0 ? 0 : 1);
