/** What the proxy does, as rules for HAProxy, for those who run it already, and for gRPC. It tells no spans. */
import { BAGGAGE, ENVIRONMENT } from './contract.js';
import { GRPC_STATUSES } from './failures.js';

/** One edge: the calls of one service to another. */
export interface HaproxyEdge {
  readonly caller: string;
  readonly callee: string;
  /** Where the calls come in: `127.0.0.1:8081`. */
  readonly listen: string;
  /** Where they go: `127.0.0.1:4001`. */
  readonly target: string;
}

/** A whole configuration, which loads `ldfi.lua` from the folder that HAProxy is started in. */
export function haproxyRules({ caller, callee, listen, target }: HaproxyEdge): string {
  const edge = `${wordOf(caller)}-${wordOf(callee)}`;
  return `# The calls of ${caller} to ${callee}. ${ENVIRONMENT.campaign} has to be set for HAProxy, or all of them pass.
global
  lua-load ldfi.lua

defaults
  mode http
  timeout connect 5s
  timeout client 5m
  timeout server 5m

frontend ${edge}
  bind ${listen}
  http-request lua.ldfi ${quoted(caller)} ${quoted(callee)}
  http-request reject if { var(txn.ldfi) -m str refused }
  http-request silent-drop if { var(txn.ldfi) -m str timeout }
  default_backend ${edge}

backend ${edge}
  # For gRPC, with \`proto h2\` at the end.
  server callee ${target}
`;
}

/** Names of HAProxy have few characters. */
function wordOf(name: string): string {
  return name.replace(/[^\w.:-]/g, '_');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"$]/g, '\\$&')}"`;
}

/**
 * The script that the rules need: which call it is, and what is to become of it. Names beyond ASCII have other ids here
 * than in `pointId`, since Lua knows bytes alone.
 */
export function haproxyScript(): string {
  const statuses = GRPC_STATUSES.map((status, number) => `${status} = ${number}`).join(', ');
  return `-- What is to become of the calls of a campaign of ldfi. See docs/live.md.
local CAMPAIGN = os.getenv("${ENVIRONMENT.campaign}") or ""
local GRPC = { ${statuses} }

-- How often each call was made, and for how many requests that is known.
local made, known = {}, 0

local function fnv1a(text)
  local hash = 0xcbf29ce484222325
  for place = 1, #text do hash = (hash ~ text:byte(place)) * 0x100000001b3 end
  return string.format("%016x", hash)
end

local function decoded(text)
  return (text:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

-- The members of a baggage header, and their values by key.
local function baggage(txn)
  local headers = txn.http:req_get_headers()["baggage"]
  local members, values = {}, {}
  for number = 0, headers and #headers or -1 do
    for member in headers[number]:gmatch("[^,]+") do
      local text = member:match("^%s*(.-)%s*$")
      local key, value = text:match("^([^=;%s]+)%s*=%s*([^;%s]*)")
      if key then
        values[key] = decoded(value)
        if key ~= "${BAGGAGE.point}" then members[#members + 1] = text end
      end
    end
  end
  return members, values
end

local function isId(segment)
  if segment:match("^%d+$") then return true end
  local lower = segment:lower()
  if lower:match("^%x+%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x%-%x+$") then return #segment == 36 and lower:sub(9, 9) == "-" end
  return #segment >= 12 and lower:match("^%x+$") and lower:match("%d") ~= nil
end

local function operation(method, path)
  local route = path:gsub("/([^/]+)", function(segment) return isId(segment) and "/{}" or nil end)
  return method:upper() .. " " .. route
end

local function counted(key)
  if made[key] == nil then
    known = known + 1
    if known > 100000 then made, known = {}, 1 end
  end
  made[key] = (made[key] or 0) + 1
  return made[key]
end

local function answer(txn, status, headers, body)
  local reply = txn:reply({ status = status, reason = "ldfi" })
  for name, value in pairs(headers) do reply:add_header(name, value) end
  reply:set_body(body)
  txn:done(reply)
end

core.register_action("ldfi", { "http-req" }, function(txn, caller, callee)
  local members, values = baggage(txn)
  local run, within = values["${BAGGAGE.run}"], values["${BAGGAGE.point}"]
  if CAMPAIGN == "" or values["${BAGGAGE.campaign}"] ~= CAMPAIGN or not run then return end
  if within == "" then within = nil end
  local call = callee .. " " .. operation(txn.sf:method(), txn.sf:path())
  local parent = txn.http:req_get_headers()["traceparent"]
  local trace = parent and parent[0]:match("^%x%x%-(%x+)%-") or ""
  local ordinal = counted(run .. " " .. trace .. " " .. (within or "") .. " " .. caller .. " " .. call)
  local id = fnv1a((within or caller) .. " -> " .. call .. (ordinal == 1 and "" or " #" .. ordinal))
  members[#members + 1] = "${BAGGAGE.point}=" .. id
  txn.http:req_set_header("baggage", table.concat(members, ","))
  local fault = ("." .. (values["${BAGGAGE.faults}"] or "") .. "."):match("%." .. id .. "%-([^.]+)%.")
  if not fault then return end
  local kind, detail = fault:match("^(%a+)%-(.+)$")
  if kind == "latency" then
    core.msleep(tonumber(detail))
  elseif kind == "status" then
    answer(txn, tonumber(detail), { ["content-type"] = "text/plain" }, "ldfi: status " .. detail .. " in place of an answer\\n")
  elseif kind == "grpc" then
    local headers = { ["content-type"] = "application/grpc", ["grpc-status"] = tostring(GRPC[detail] or GRPC.UNKNOWN) }
    answer(txn, 200, headers, "")
  else
    txn:set_var("txn.ldfi", fault)
  end
end, 2)
`;
}
