// OpenAI's own Node SDK against a running gateway: unary, streamed, tool call, JSON mode, errors.
//   ./tierway demo            (in another terminal)
//   npm install && node check.mjs [http://127.0.0.1:8080/v1]
import assert from 'node:assert/strict';
import OpenAI, { NotFoundError } from 'openai';

const baseURL = process.argv[2] ?? 'http://127.0.0.1:8080/v1';
const client = new OpenAI({ baseURL, apiKey: 'sk-unused', maxRetries: 0, timeout: 20_000 });
const messages = [{ role: 'user', content: 'What is a spine?' }];
const model = 'tier:mid/code';
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
  assert.ok(models.data.length > 0);
});

await check('unary', async () => {
  const { data, response } = await client.chat.completions.create({ model, messages }).withResponse();
  assert.ok(data.choices[0].message.content.length > 0);
  assert.ok(data.usage.completion_tokens > 0);
  assert.ok(response.headers.get('x-tierway-decision').startsWith('dec_'));
});

await check('streamed, with usage', async () => {
  const stream = await client.chat.completions.create({
    model, messages, stream: true, stream_options: { include_usage: true },
  });
  let text = '';
  let usage = null;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.ok(text.length > 0);
  assert.ok(usage.completion_tokens > 0);
});

await check('streamed, left in the middle', async () => {
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta?.content) {
      stream.controller.abort();
      break;
    }
  }
});

await check('tool call', async () => {
  const answer = await client.chat.completions.create({
    model,
    messages,
    tools: [{
      type: 'function',
      function: {
        name: 'weather',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    }],
    tool_choice: 'required',
  });
  const call = answer.choices[0].message.tool_calls[0];
  assert.equal(call.function.name, 'weather');
  JSON.parse(call.function.arguments);
});

await check('JSON mode', async () => {
  const answer = await client.chat.completions.create({ model, messages, response_format: { type: 'json_object' } });
  JSON.parse(answer.choices[0].message.content);
});

await check('error: unknown model', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'no-such-model', messages }),
    (error) => error instanceof NotFoundError && error.code === 'model_not_found',
  );
});

await check('error: malformed request', async () => {
  await assert.rejects(
    client.chat.completions.create({ model, messages: 'hello' }),
    (error) => error.status === 400 && error.param === 'messages',
  );
});

process.exit(failed === 0 ? 0 : 1);
