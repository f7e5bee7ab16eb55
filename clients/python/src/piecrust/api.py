"""The REST API as it describes itself. Written by generate.py; do not edit.

Every schema is a ``TypedDict`` and every operation a method of ``Api``; names of operations are in
snake case here. Fields are as JSON has them.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from urllib.parse import quote as percent

from .transport import Transport


class ActivatedText(TypedDict):
    activation: float
    text: str


class Comparison(TypedDict):
    budget: int
    difference: float
    high: float
    low: float
    method: str
    other: str
    prompts: int
    share: float


class Estimate(TypedDict):
    high: Optional[float]
    low: Optional[float]
    mean: Optional[float]
    missing: int
    n: int
    sd: Optional[float]


class Compression(TypedDict):
    below: int
    budget: int
    everything: int
    method: str
    prompts: int
    times: Estimate


BudgetEstimate = TypedDict(
    "BudgetEstimate",
    {"budget": float, "is": Literal["at", "below", "above"]},
)


class EffectiveBudget(TypedDict):
    at: BudgetEstimate
    budget: int
    high: Optional[BudgetEstimate]
    low: Optional[BudgetEstimate]
    method: str
    other: str


class Point(TypedDict):
    faithfulness: Estimate
    kept: Optional[float]
    share: float


class MetricArea(TypedDict):
    cmd: Estimate
    cpr: Estimate
    curve: List[Point]
    errorsKept: bool
    heldOut: bool
    method: str
    ranking: str


class Ratios(TypedDict):
    completeness: Estimate
    faithfulness: Estimate
    recovered: Estimate


class CircuitRow(TypedDict):
    best: bool
    budget: int
    completeness: Estimate
    faithfulness: Estimate
    klAll: Estimate
    klLast: Estimate
    method: str
    occurrences: Estimate
    perPrompt: Optional[Estimate]
    predChanged: Estimate
    ranking: str
    ratios: Ratios


class HeldOut(TypedDict):
    areas: List[MetricArea]
    prompts: int
    rows: List[CircuitRow]


class Overlap(TypedDict):
    budget: int
    features: float
    method: str
    occurrences: float
    other: str
    prompts: int


class Analysis(TypedDict):
    comparisons: List[Comparison]
    compressions: List[Compression]
    effective: List[EffectiveBudget]
    heldOut: HeldOut
    overlaps: List[Overlap]


Aspect = Literal["FIDELITY", "INTERPRETABILITY", "COST"]


Better = Literal["LOWER", "HIGHER", "NEITHER"]


class BakeOffLine(TypedDict):
    aspect: Aspect
    better: Better
    measure: str
    values: Dict[str, Estimate]


class _BudgetRequestRequired(TypedDict):
    usd: str


class BudgetRequest(_BudgetRequestRequired, total=False):
    who: Optional[str]


Instant = str


class FeatureId(TypedDict):
    index: int
    layer: int


CallState = Literal["RESERVED", "QUEUED", "SETTLED", "RELEASED", "LOST"]


class TokenUsage(TypedDict):
    cacheWrite: int
    cachedInput: int
    input: int
    output: int
    reasoning: int


class CallLine(TypedDict):
    batched: bool
    campaign: str
    endedAt: Optional[Instant]
    error: str
    feature: FeatureId
    id: int
    model: str
    provider: str
    reservedAt: Instant
    reservedUsd: Optional[float]
    stage: str
    state: CallState
    usage: Optional[TokenUsage]
    usd: Optional[float]
    worker: str


class CallLinePage(TypedDict):
    next: Optional[str]
    rows: List[CallLine]


class CostLine(TypedDict):
    calls: int
    hits: int
    lost: int
    part: str
    reservedUsd: float
    unknownUsd: float
    unpriced: int
    unreported: int
    usage: TokenUsage
    usd: float


class CallSum(TypedDict):
    campaign: str
    cost: CostLine
    model: str
    open: int
    provider: str
    released: int
    stage: str


class ChatMessage(TypedDict):
    role: str
    text: str


class LlmExchange(TypedDict):
    asked: List[ChatMessage]
    cached: bool
    call: int
    error: Optional[str]
    reply: str


class CallView(TypedDict):
    call: CallLine
    exchange: Optional[LlmExchange]


Condition = Literal["QUEUED", "RUNNING", "LOADING", "WAITING_FOR_GPU", "WAITING_FOR_LLM", "RATE_LIMITED", "STALLED", "FAILING", "PAUSED", "PAUSED_FOR_BUDGET", "FINISHED", "FINISHED_WITH_FAILURES", "FAILED", "CANCELLED"]


class StageView(TypedDict):
    done: int
    failed: int
    name: str
    perSecond: Optional[float]
    things: str
    total: int
    updatedAt: Optional[Instant]


class StageGroup(TypedDict):
    coming: int
    name: str
    stages: List[StageView]


class TimeLeft(TypedDict):
    seconds: int
    unknown: List[str]


class StageProgress(TypedDict):
    done: int
    failed: int
    stage: str
    startedAt: Optional[Instant]
    total: int
    updatedAt: Optional[Instant]


CampaignState = Literal["QUEUED", "RUNNING", "PAUSED", "PAUSED_FOR_BUDGET", "FINISHED", "FINISHED_WITH_FAILURES", "FAILED", "CANCELLED"]


class CampaignStatus(TypedDict):
    createdAt: Instant
    finishedAt: Optional[Instant]
    id: str
    message: str
    name: str
    stages: List[StageProgress]
    state: CampaignState


class CampaignCard(TypedDict):
    because: str
    cap: Optional[float]
    condition: Condition
    groups: List[StageGroup]
    left: Optional[TimeLeft]
    paid: bool
    spent: float
    status: CampaignStatus
    subject: str
    tasks: str


class Range(TypedDict):
    expected: float
    high: float
    low: float


class LlmEstimate(TypedDict):
    calls: Range
    counted: bool
    features: Range
    inputTokens: Range
    outputTokens: Range
    seconds: Range
    usd: Optional[Range]


class MachineRoom(TypedDict):
    device: str
    diskFree: int
    diskShortage: Optional[str]
    downloadBytes: int
    memoryFree: int
    memoryShortage: Optional[str]


class CampaignEstimate(TypedDict):
    campaign: str
    cap: Optional[float]
    devices: int
    gpuSeconds: Range
    llm: Optional[LlmEstimate]
    memoryBytes: int
    prunePasses: Range
    room: MachineRoom
    warnings: List[str]


class CampaignEvent(TypedDict):
    at: Instant
    kind: str
    message: str
    who: str


class CampaignPage(TypedDict):
    campaigns: List[CampaignCard]
    next: Optional[str]
    total: int


class _ChangeRequired(TypedDict):
    path: str
    spec: str


class Change(_ChangeRequired, total=False):
    value: Any


class Circuits(TypedDict):
    campaign: str
    heldOut: HeldOut
    task: str


class CommandRequest(TypedDict, total=False):
    who: Optional[str]


class Companion(TypedDict):
    description: Optional[str]
    feature: FeatureId
    prompts: int


class Spend(TypedDict):
    calls: int
    cap: Optional[float]
    hits: int
    lost: int
    reserved: float
    spent: float
    unknown: float
    unpriced: int


class ComparedCampaign(TypedDict):
    createdAt: Instant
    finishedAt: Optional[Instant]
    id: str
    name: str
    spend: Spend
    state: CampaignState


class ComparedSetting(TypedDict):
    name: str
    values: List[str]


FadeMetric = Literal["CLARITY", "RESPONSIVENESS", "PURITY", "FAITHFULNESS"]


class FadeLine(TypedDict):
    differences: Dict[str, Estimate]
    means: Dict[str, Estimate]
    metric: FadeMetric


class KeptOverlap(TypedDict):
    campaign: str
    common: int
    features: int
    firstFeatures: int
    firstRule: str
    jaccard: float
    rule: str
    task: str


class CurvePoint(TypedDict):
    budget: int
    klLast: Estimate


class MethodCurve(TypedDict):
    campaign: str
    method: str
    points: List[CurvePoint]


class MethodDifference(TypedDict):
    budget: int
    campaign: str
    klLast: Estimate
    method: str
    paired: bool


class TaskCurves(TypedDict):
    curves: List[MethodCurve]
    differences: List[MethodDifference]
    samePrompts: bool
    task: str


class Comparing(TypedDict):
    bakeOff: List[BakeOffLine]
    circuits: List[Circuits]
    fade: List[FadeLine]
    kept: List[KeptOverlap]
    settings: List[ComparedSetting]
    sides: List[ComparedCampaign]
    tasks: List[TaskCurves]


class Draft(TypedDict):
    spec: str


Stratum = Literal["TOP", "HIGHEST", "HIGH", "MIDDLE", "LOW"]


class Example(TypedDict):
    activations: List[float]
    stratum: Stratum
    tokens: List[str]
    window: int


class Histogram(TypedDict):
    counts: List[int]
    inactive: int
    maximum: float


class TokenLogit(TypedDict):
    logit: float
    token: str


class FeatureWrites(TypedDict):
    norms: List[float]
    promoted: List[TokenLogit]
    suppressed: List[TokenLogit]


class EvidenceView(TypedDict):
    active: int
    examples: List[Example]
    histogram: Histogram
    maximum: float
    windows: int
    writes: Optional[FeatureWrites]


class Explanation(TypedDict):
    baseline: bool
    description: Optional[str]
    feature: FeatureId
    model: str
    provider: str
    reason: str


class ScoredFadeScore(TypedDict):
    outcome: Literal["scored"]
    samples: int
    value: float


class UnscoredFadeScore(TypedDict):
    kind: Literal["NOT_ASKED", "NEVER_ACTIVE", "NO_INPUT", "ONE_CLASS", "BELOW_THRESHOLD", "UNPARSED", "REFUSED"]
    outcome: Literal["unscored"]
    reason: str


FadeScore = Union[ScoredFadeScore, UnscoredFadeScore]


class SelectedFeature(TypedDict):
    feature: FeatureId
    kept: int
    meanAbsScore: float
    ordinal: int
    position: Optional[int]
    tasks: List[str]


class FeatureLine(TypedDict):
    description: Optional[str]
    scores: Dict[str, float]
    selected: SelectedFeature


class FeatureLinePage(TypedDict):
    next: Optional[str]
    rows: List[FeatureLine]


class FeatureRow(TypedDict):
    explanation: Optional[Explanation]
    scores: Dict[str, FadeScore]
    selected: SelectedFeature


class MetricMean(TypedDict):
    estimate: Estimate
    metric: FadeMetric
    unscored: Dict[str, int]


class FeatureTable(TypedDict):
    baseline: bool
    evaluated: bool
    means: List[MetricMean]
    model: str
    provider: str
    ranking: str
    rows: List[FeatureRow]
    spend: Spend


class Place(TypedDict):
    position: int
    prompts: int


class RatedSample(TypedDict):
    activation: float
    rating: int
    stratum: Stratum
    text: str
    window: int


class RatedContinuation(TypedDict):
    continuation: str
    factor: float
    prompt: str
    rating: int


class FeatureView(TypedDict):
    campaign: str
    cantor: int
    cost: CostLine
    evidence: Optional[EvidenceView]
    explanation: Optional[Explanation]
    feature: FeatureId
    keepers: int
    next: Optional[FeatureId]
    places: List[Place]
    previous: Optional[FeatureId]
    rated: List[RatedSample]
    rule: str
    scores: Dict[str, FadeScore]
    selected: Optional[SelectedFeature]
    steered: List[RatedContinuation]
    together: List[Companion]
    written: List[ActivatedText]


class Fidelity(TypedDict):
    completeness: Optional[float]
    faithfulness: Optional[float]
    klAll: float
    klLast: float
    metricClean: Optional[float]
    metricEmpty: Optional[float]
    predChanged: float


class FidelityPoint(TypedDict):
    budget: int
    completeness: Optional[float]
    faithfulness: Optional[float]
    high: Optional[float]
    klAll: float
    klLast: float
    low: Optional[float]
    predChanged: float
    prompts: int
    sd: Optional[float]


class MethodFidelity(TypedDict):
    method: str
    points: List[FidelityPoint]


class Reference(TypedDict):
    budget: int
    klLast: float
    method: str
    sd: Optional[float]


class TaskFidelity(TypedDict):
    budgets: List[int]
    methods: List[MethodFidelity]
    paper: List[Reference]
    task: str


class FidelityView(TypedDict):
    campaign: str
    estimator: str
    running: bool
    tasks: List[TaskFidelity]


class HostedSubject(TypedDict):
    device: str
    queue: str


class KeptFeature(TypedDict):
    description: Optional[str]
    feature: FeatureId
    position: int
    score: float


class KeptPrompt(TypedDict):
    occurrences: int
    position: int
    prompt: int
    strength: float
    task: str


class KeptPromptPage(TypedDict):
    next: Optional[str]
    rows: List[KeptPrompt]


class Moment(TypedDict):
    at: Instant
    requests: int
    usd: float


class LedgerTime(TypedDict):
    points: List[Moment]
    spent: float


class LedgerView(TypedDict):
    lines: List[CallSum]
    open: int
    released: int
    total: CostLine


class LoggedEvent(TypedDict):
    at: Instant
    id: int
    kind: str
    message: str
    who: str


class MethodRow(TypedDict):
    best: bool
    budget: int
    completeness: Estimate
    faithfulness: Estimate
    klAll: Estimate
    klLast: Estimate
    method: str
    predChanged: Estimate
    ratios: Ratios


class MissingResult(TypedDict):
    prompts: int
    reason: str
    task: str
    what: str


class PinResponse(TypedDict):
    notices: List[str]
    pins: List[str]
    transcoder: Optional[str]


class Poller(TypedDict):
    identity: str
    seen: Instant


class Prediction(TypedDict):
    probability: float
    token: str


class Predictions(TypedDict):
    bos: Optional[bool]
    clean: List[Prediction]
    corrupted: List[Prediction]
    corruptedTokens: List[str]
    patched: Dict[str, List[Prediction]]
    tokens: List[str]


class ProblemDetails(TypedDict):
    """An error, as RFC 9457 has them."""

    category: str
    detail: str
    status: int
    title: str
    type: str


class RunningWork(TypedDict):
    campaign: str
    says: str
    sinceMs: int
    stage: str
    unit: str


class ProcessSign(TypedDict):
    device: str
    host: str
    hosts: List[HostedSubject]
    id: str
    kind: str
    memoryTotal: Optional[int]
    memoryUsed: Optional[int]
    pid: int
    running: List[RunningWork]
    version: str


class PromptLine(TypedDict):
    klLast: float
    predChanged: float
    prompt: int


class PromptLinePage(TypedDict):
    next: Optional[str]
    rows: List[PromptLine]


class PromptView(TypedDict):
    budget: int
    budgets: List[int]
    campaign: str
    failure: Optional[str]
    fidelity: Optional[Fidelity]
    kept: List[KeptFeature]
    method: str
    methods: List[str]
    occurrences: int
    predictions: Optional[Predictions]
    prompt: int
    task: str


class QueueState(TypedDict):
    backlog: Optional[int]
    name: str
    oldestSeconds: Optional[int]
    pollers: List[Poller]


class TaskAccuracy(TypedDict):
    prompts: int
    solved: int
    solvedOnly: bool


class TaskTable(TypedDict):
    accuracy: Optional[TaskAccuracy]
    analysis: Analysis
    budgets: List[int]
    paper: List[Reference]
    prompts: int
    rows: List[MethodRow]
    task: str


class ResultTable(TypedDict):
    campaign: str
    failures: List[MissingResult]
    features: Optional[FeatureTable]
    state: CampaignState
    tasks: List[TaskTable]


class ScheduleRequest(TypedDict):
    cron: str
    folder: str
    name: str
    spec: str
    timezone: str


class ScheduleView(TypedDict):
    campaign: str
    cron: str
    last: List[str]
    name: str
    next: List[str]
    paused: bool
    running: bool
    skipped: int
    started: int
    timezone: str


class Session(TypedDict):
    name: str
    roles: List[str]
    version: str


class SpecProblem(TypedDict):
    line: int
    path: str
    sentence: str


class SpecCheck(TypedDict):
    cap: Optional[float]
    existing: Optional[str]
    fields: Dict[str, Any]
    id: Optional[str]
    paid: bool
    problems: List[SpecProblem]
    spec: str


class SpendPoint(TypedDict):
    at: Instant
    requests: int
    tokens: int
    usd: float


class SpendView(TypedDict):
    calls: int
    cap: Optional[float]
    hits: int
    points: List[SpendPoint]
    projected: Optional[float]
    requestLimit: Optional[int]
    requestsPerMinute: Optional[int]
    reserved: float
    spent: float
    tokenLimit: Optional[int]
    tokensPerMinute: Optional[int]
    unknown: float


class _SubmitRequestRequired(TypedDict):
    folder: str
    spec: str


class SubmitRequest(_SubmitRequestRequired, total=False):
    fresh: Optional[bool]


class SubmitResponse(TypedDict):
    id: str


class TrainingPoint(TypedDict):
    active: float
    dead: float
    layerActive: List[float]
    layerUnexplained: List[float]
    loss: Optional[float]
    step: int
    tokensPerSecond: Optional[float]
    unexplained: float


class TrainingView(TypedDict):
    points: List[TrainingPoint]
    secondsLeft: Optional[int]
    steps: int
    target: int


class UnitFailure(TypedDict):
    prompts: int
    reason: str
    stage: str
    unit: str


class WorkerProcess(TypedDict):
    alive: bool
    aliveSeconds: int
    sign: ProcessSign
    silentSeconds: int


class WorkersView(TypedDict):
    processes: List[WorkerProcess]
    queues: List[QueueState]


class Api:
    """Every operation of the REST API, by its name in the description."""

    def __init__(self, transport: Transport) -> None:
        """Asks through this transport."""
        self._transport = transport

    def list_campaigns(
        self,
    ) -> List[CampaignStatus]:
        """Lists all campaigns, the latest first."""
        answer: List[CampaignStatus] = self._transport.json(
            "GET",
            "/api/v1/campaigns",
        )
        return answer

    def start_campaign(
        self,
        body: SubmitRequest,
    ) -> SubmitResponse:
        """Starts a campaign from the text of its spec, or continues it."""
        answer: SubmitResponse = self._transport.json(
            "POST",
            "/api/v1/campaigns",
            body=body,
        )
        return answer

    def get_campaign(
        self,
        id: str,
    ) -> CampaignStatus:
        """Tells a campaign's state and how far its stages are."""
        answer: CampaignStatus = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}",
        )
        return answer

    def raise_budget(
        self,
        id: str,
        body: BudgetRequest,
    ) -> CampaignStatus:
        """Sets a higher cap for the campaign's language models."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/budget",
            body=body,
        )
        return answer

    def cancel_campaign(
        self,
        id: str,
        body: CommandRequest,
    ) -> CampaignStatus:
        """Stops a campaign; what was done is kept."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/cancel",
            body=body,
        )
        return answer

    def get_card(
        self,
        id: str,
    ) -> CampaignCard:
        """Tells a campaign's state in words, its stages with rates, and its money."""
        answer: CampaignCard = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/card",
        )
        return answer

    def list_events(
        self,
        id: str,
    ) -> List[CampaignEvent]:
        """Lists all that happened in a campaign."""
        answer: List[CampaignEvent] = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/events",
        )
        return answer

    def list_latest_events(
        self,
        id: str,
        before: Optional[int] = None,
        limit: Optional[int] = None,
    ) -> List[LoggedEvent]:
        """Lists what happened, the latest first."""
        answer: List[LoggedEvent] = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/events/latest",
            query={"before": before, "limit": limit},
        )
        return answer

    def export_campaign(
        self,
        id: str,
        format: Optional[Literal["pie", "csv", "latex", "jsonl", "markdown", "html", "figures", "features", "safetensors"]] = None,
    ) -> bytes:
        """Packs the files of an export into a ZIP archive."""
        answer: bytes = self._transport.content(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/export",
            "application/zip",
            query={"format": format},
        )
        return answer

    def list_failures(
        self,
        id: str,
        limit: Optional[int] = None,
    ) -> List[UnitFailure]:
        """Lists the first units that were given up, with their reasons."""
        answer: List[UnitFailure] = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/failures",
            query={"limit": limit},
        )
        return answer

    def list_features(
        self,
        id: str,
        after: Optional[str] = None,
        layer: Optional[str] = None,
        limit: Optional[int] = None,
        order: Optional[Literal["", "reverse"]] = None,
        q: Optional[str] = None,
        scored: Optional[Literal["", "yes", "no"]] = None,
        sort: Optional[Literal["rank", "kept", "feature", "score", "position", "description", "clarity", "responsiveness", "purity", "faithfulness"]] = None,
    ) -> FeatureLinePage:
        """Lists the features that a campaign explains, a page at a time."""
        answer: FeatureLinePage = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/features",
            query={"after": after, "layer": layer, "limit": limit, "order": order, "q": q, "scored": scored, "sort": sort},
        )
        return answer

    def get_feature(
        self,
        id: str,
        layer: int,
        feature: int,
    ) -> FeatureView:
        """Tells all that is known of one feature."""
        answer: FeatureView = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/features/{quote(layer)}/{quote(feature)}",
        )
        return answer

    def list_feature_prompts(
        self,
        id: str,
        layer: int,
        feature: int,
        after: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> KeptPromptPage:
        """Lists the prompts that keep a feature, a page at a time."""
        answer: KeptPromptPage = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/features/{quote(layer)}/{quote(feature)}/prompts",
            query={"after": after, "limit": limit},
        )
        return answer

    def get_fidelity(
        self,
        id: str,
    ) -> FidelityView:
        """Tells means by task, method and budget, as far as the campaign has come."""
        answer: FidelityView = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/fidelity",
        )
        return answer

    def get_fidelity_csv(
        self,
        id: str,
    ) -> str:
        """Tells the same means as a table."""
        answer: str = self._transport.text(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/fidelity.csv",
            "text/csv",
        )
        return answer

    def finish_campaign(
        self,
        id: str,
        body: CommandRequest,
    ) -> CampaignStatus:
        """Ends a campaign early, with the results that it has."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/finish",
            body=body,
        )
        return answer

    def pause_campaign(
        self,
        id: str,
        body: CommandRequest,
    ) -> CampaignStatus:
        """Lets what is under way end, and nothing new begin."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/pause",
            body=body,
        )
        return answer

    def list_prompts(
        self,
        id: str,
        task: str,
        after: Optional[str] = None,
        budget: Optional[int] = None,
        limit: Optional[int] = None,
        method: Optional[Literal["fap", "fap-synergy", "fap-swap", "fap-ig", "fap-iterative", "clt-relp", "activation-magnitude", "factp", "acdc", "random", "circuit-swap", "circuit-greedy"]] = None,
        sort: Optional[Literal["prompt", "kl"]] = None,
    ) -> PromptLinePage:
        """Lists the prompts of a task for one method at one budget, a page at a time."""
        answer: PromptLinePage = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/prompts/{quote(task)}",
            query={"after": after, "budget": budget, "limit": limit, "method": method, "sort": sort},
        )
        return answer

    def get_prompt(
        self,
        id: str,
        task: str,
        prompt: int,
        budget: Optional[int] = None,
        method: Optional[Literal["fap", "fap-synergy", "fap-swap", "fap-ig", "fap-iterative", "clt-relp", "activation-magnitude", "factp", "acdc", "random", "circuit-swap", "circuit-greedy"]] = None,
    ) -> PromptView:
        """Tells what a method keeps of one prompt, and what the model then expects."""
        answer: PromptView = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/prompts/{quote(task)}/{quote(prompt)}",
            query={"budget": budget, "method": method},
        )
        return answer

    def get_results(
        self,
        id: str,
    ) -> ResultTable:
        """Tells means, comparisons and what has no result."""
        answer: ResultTable = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/results",
        )
        return answer

    def resume_campaign(
        self,
        id: str,
        body: CommandRequest,
    ) -> CampaignStatus:
        """Lets a paused campaign go on."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/resume",
            body=body,
        )
        return answer

    def retry_campaign(
        self,
        id: str,
        body: CommandRequest,
    ) -> CampaignStatus:
        """Tries again what has no result."""
        answer: CampaignStatus = self._transport.json(
            "POST",
            f"/api/v1/campaigns/{quote(id)}/retry",
            body=body,
        )
        return answer

    def get_spend(
        self,
        id: str,
    ) -> Spend:
        """Tells what a campaign's language models cost so far."""
        answer: Spend = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/spend",
        )
        return answer

    def get_spending(
        self,
        id: str,
    ) -> SpendView:
        """Tells money over time, rates and limits."""
        answer: SpendView = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/spending",
        )
        return answer

    def get_tables(
        self,
        id: str,
    ) -> str:
        """Prints the results as the terminal does."""
        answer: str = self._transport.text(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/table",
            "text/plain",
        )
        return answer

    def get_training(
        self,
        id: str,
    ) -> TrainingView:
        """Tells how a campaign's training goes at its checkpoints."""
        answer: TrainingView = self._transport.json(
            "GET",
            f"/api/v1/campaigns/{quote(id)}/training",
        )
        return answer

    def compare_campaigns(
        self,
        campaign: List[str],
    ) -> Comparing:
        """Compares two to six campaigns with the first of them."""
        answer: Comparing = self._transport.json(
            "GET",
            "/api/v1/compare",
            query={"campaign": campaign},
        )
        return answer

    def get_ledger(
        self,
        campaign: Optional[str] = None,
    ) -> LedgerView:
        """Sums calls to language models by campaign, stage and model."""
        answer: LedgerView = self._transport.json(
            "GET",
            "/api/v1/ledger",
            query={"campaign": campaign},
        )
        return answer

    def list_calls(
        self,
        after: Optional[str] = None,
        campaign: Optional[str] = None,
        feature: Optional[str] = None,
        limit: Optional[int] = None,
        model: Optional[str] = None,
        stage: Optional[str] = None,
        state: Optional[Literal["", "reserved", "queued", "settled", "released", "lost"]] = None,
    ) -> CallLinePage:
        """Lists calls to language models, the last first, a page at a time."""
        answer: CallLinePage = self._transport.json(
            "GET",
            "/api/v1/ledger/calls",
            query={"after": after, "campaign": campaign, "feature": feature, "limit": limit, "model": model, "stage": stage, "state": state},
        )
        return answer

    def get_call(
        self,
        call: int,
    ) -> CallView:
        """Tells one call, with what was said."""
        answer: CallView = self._transport.json(
            "GET",
            f"/api/v1/ledger/calls/{quote(call)}",
        )
        return answer

    def get_ledger_time(
        self,
        campaign: Optional[str] = None,
    ) -> LedgerTime:
        """Tells what was spent over time."""
        answer: LedgerTime = self._transport.json(
            "GET",
            "/api/v1/ledger/time",
            query={"campaign": campaign},
        )
        return answer

    def find_campaigns(
        self,
        after: Optional[str] = None,
        limit: Optional[int] = None,
        order: Optional[Literal["", "asc", "desc"]] = None,
        sort: Optional[Literal["name", "state", "subject", "started", "progress", "spent"]] = None,
        state: Optional[Literal["", "queued", "running", "paused", "paused_for_budget", "finished", "finished_with_failures", "failed", "cancelled"]] = None,
        subject: Optional[str] = None,
        task: Optional[str] = None,
        text: Optional[str] = None,
    ) -> CampaignPage:
        """Finds campaigns: filtered, sorted, and a page at a time."""
        answer: CampaignPage = self._transport.json(
            "GET",
            "/api/v1/overview",
            query={"after": after, "limit": limit, "order": order, "sort": sort, "state": state, "subject": subject, "task": task, "text": text},
        )
        return answer

    def list_schedules(
        self,
    ) -> List[ScheduleView]:
        """Lists all schedules with their next times."""
        answer: List[ScheduleView] = self._transport.json(
            "GET",
            "/api/v1/schedules",
        )
        return answer

    def create_schedule(
        self,
        body: ScheduleRequest,
    ) -> ScheduleView:
        """Makes a schedule, which starts a campaign of the spec at each of its times."""
        answer: ScheduleView = self._transport.json(
            "POST",
            "/api/v1/schedules",
            body=body,
        )
        return answer

    def delete_schedule(
        self,
        name: str,
    ) -> None:
        """Ends a schedule; the campaigns that it has started go on."""
        self._transport.content(
            "DELETE",
            f"/api/v1/schedules/{quote(name)}",
            "*/*",
        )

    def get_schedule(
        self,
        name: str,
    ) -> ScheduleView:
        """Tells a schedule's times and the campaigns that it started."""
        answer: ScheduleView = self._transport.json(
            "GET",
            f"/api/v1/schedules/{quote(name)}",
        )
        return answer

    def pause_schedule(
        self,
        name: str,
        body: CommandRequest,
    ) -> ScheduleView:
        """Lets a schedule start nothing until it is resumed."""
        answer: ScheduleView = self._transport.json(
            "POST",
            f"/api/v1/schedules/{quote(name)}/pause",
            body=body,
        )
        return answer

    def resume_schedule(
        self,
        name: str,
        body: CommandRequest,
    ) -> ScheduleView:
        """Lets a paused schedule go on."""
        answer: ScheduleView = self._transport.json(
            "POST",
            f"/api/v1/schedules/{quote(name)}/resume",
            body=body,
        )
        return answer

    def get_session(
        self,
    ) -> Session:
        """Tells who asks, with which roles, and what version answers."""
        answer: Session = self._transport.json(
            "GET",
            "/api/v1/session",
        )
        return answer

    def change_spec(
        self,
        body: Change,
    ) -> SpecCheck:
        """Changes one value of a spec."""
        answer: SpecCheck = self._transport.json(
            "POST",
            "/api/v1/specs/change",
            body=body,
        )
        return answer

    def check_spec(
        self,
        body: Draft,
    ) -> SpecCheck:
        """Tells what is wrong with a spec."""
        answer: SpecCheck = self._transport.json(
            "POST",
            "/api/v1/specs/check",
            body=body,
        )
        return answer

    def estimate_spec(
        self,
        body: Draft,
    ) -> CampaignEstimate:
        """Estimates what a campaign takes; starts nothing."""
        answer: CampaignEstimate = self._transport.json(
            "POST",
            "/api/v1/specs/estimate",
            body=body,
        )
        return answer

    def pin_spec(
        self,
        body: Draft,
    ) -> PinResponse:
        """Tells the commits of the hub that a spec means now."""
        answer: PinResponse = self._transport.json(
            "POST",
            "/api/v1/specs/pin",
            body=body,
        )
        return answer

    def get_workers(
        self,
    ) -> WorkersView:
        """Tells who works at the moment, and what waits."""
        answer: WorkersView = self._transport.json(
            "GET",
            "/api/v1/workers",
        )
        return answer


def quote(part: Union[str, int]) -> str:
    """A part of a path."""
    return percent(str(part), safe="")
