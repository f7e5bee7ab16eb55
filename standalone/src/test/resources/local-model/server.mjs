// An endpoint in OpenAI's language over a model of llama.cpp, for a test: the list of models, and chat
// completions one after another, with what they used and with a schema as a grammar.
// Usage: node server.mjs PACKAGES MODEL.gguf [PORT]; prints its address, and ends when its input does.
import http from "node:http";
import path from "node:path";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const [packages, modelPath, port = 0] = process.argv.slice(2);
const entry = createRequire(path.join(packages, "package.json")).resolve("node-llama-cpp");
const {getLlama, LlamaCompletion, LlamaLogLevel} = await import(pathToFileURL(entry).href);

const NAME = "gemma-3-270m";
const CONTEXT = 4096;
const llama = await getLlama({gpu: false, build: "never", logLevel: LlamaLogLevel.error});
const model = await llama.loadModel({modelPath});
const context = await model.createContext({contextSize: CONTEXT, threads: 1});
const completion = new LlamaCompletion({contextSequence: context.getSequence()});

/** Gemma's own form of a conversation; it has no system messages. */
function prompt(messages) {
  let text = "";
  let before = "";
  for (const {role, content} of messages) {
    if (role === "system") {
      before += content + "\n\n";
    } else {
      const name = role === "assistant" ? "model" : "user";
      text += `<start_of_turn>${name}\n${before}${content}<end_of_turn>\n`;
      before = "";
    }
  }
  return text + "<start_of_turn>model\n";
}

async function complete(request) {
  const tokens = model.tokenize(prompt(request.messages), true);
  const maxTokens = request.max_tokens ?? request.max_completion_tokens ?? 256;
  if (tokens.length + maxTokens > CONTEXT) {
    return [400, {error: `a prompt of ${tokens.length} tokens is too long`}];
  }
  const schema = request.response_format?.json_schema?.schema;
  const grammar = schema == null ? undefined : await llama.createGrammarForJsonSchema(schema);
  const {response, metadata} = await completion.generateCompletionWithMeta(tokens, {
    maxTokens,
    grammar,
    temperature: request.temperature ?? 0.7,
    seed: 1,
    customStopTriggers: ["<end_of_turn>"]
  });
  const used = model.tokenize(response).length;
  const reason = metadata.stopReason === "maxTokens" ? "length" : "stop";
  return [200, {
    id: "1",
    object: "chat.completion",
    created: 1,
    model: NAME,
    choices: [{index: 0, finish_reason: reason, message: {role: "assistant", content: response}}],
    usage: {
      prompt_tokens: tokens.length,
      completion_tokens: used,
      total_tokens: tokens.length + used
    }
  }];
}

/** What is asked and what is answered, one after another. */
let last = Promise.resolve();
function inTurn(work) {
  const mine = last.then(work, work);
  last = mine.catch(() => undefined);
  return mine;
}

async function body(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

const server = http.createServer(async (request, response) => {
  let answer = [404, {detail: "Not Found"}];
  try {
    if (request.method === "GET" && request.url === "/v1/models") {
      answer = [200, {object: "list", data: [{id: NAME, object: "model"}]}];
    } else if (request.method === "POST" && request.url === "/v1/chat/completions") {
      const asked = await body(request);
      answer = await inTurn(() => complete(asked));
    }
  } catch (e) {
    answer = [500, {error: {message: String(e?.message ?? e)}}];
  }
  response.writeHead(answer[0], {"Content-Type": "application/json"});
  response.end(JSON.stringify(answer[1]));
});
server.listen(Number(port), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port}/v1`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
