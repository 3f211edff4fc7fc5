using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using FlickStream.Portal.Subscriptions.Payments;
using FlickStream.Portal.Subscriptions.Prices;
using FlickStream.Portal.Subscriptions.Promotions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Two nodes, a provider that has its own documents' truth, and customers, for as long as the clock is moved.</summary>
internal sealed class BillingWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2027, 1, 3, 0, 20, 0, TimeSpan.Zero);

    private static readonly TimeSpan Settled = TimeSpan.FromHours(3);

    // A soft decline is tried again a day later.
    private static readonly TimeSpan Heard = TimeSpan.FromHours(6);

    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Tokyo"];

    private readonly TestDocuments _storage = new();
    private readonly Dictionary<string, Customer> _customers = [];
    private readonly Dictionary<string, Stored<Subscription>> _latest = [];
    private readonly Dictionary<string, string> _ofAccount = [];
    private readonly HashSet<string> _charges = [];
    private readonly Dictionary<string, Payment> _payments = [];
    private readonly List<(DateTimeOffset At, byte[] Body)> _onTheWay = [];
    private readonly Lock _lock = new();
    private readonly SandboxEvents _events;
    private readonly MailSender _mail;
    private readonly AccountStore _accounts;
    private (DateTimeOffset From, DateTimeOffset To) _outage = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public BillingWorld(int seed)
    {
        Fate = new Fate(seed);
        _accounts = new AccountStore(_storage.Documents);
        var protection = new EphemeralDataProtectionProvider();
        // What the provider keeps no node's death touches.
        var outside = new FaultyDocuments(_storage.Documents, new Fate(0) { IsKind = true }, Written);
        _events = new SandboxEvents(outside, Clock);
        var gateway = new SandboxGateway(outside, new MoodyBank(Fate), _events, Clock);
        Nodes = [.. Enumerable.Range(0, 2).Select(_ => new Node(
            new FaultyDocuments(_storage.Documents, Fate, Written), new FaultyGateway(gateway, Fate), new SandboxEvents(new EmptyDocuments(), Clock), protection, Clock))];
        Crowd = new Crowd(Nodes, new SandboxCounter(outside, _events, Clock), Fate, Clock, Verdict, _accounts);
        Back = new MoneyBack(Nodes, new SandboxBack(outside, _events, Clock), Fate, Clock, Lost);
        _mail = new MailSender(
            new MailQueue(_storage.Documents, protection, new Node.DeadBus(), Clock), Carrier, _storage.Documents, new Node.DeadBus(), Clock, Options.Create(new MailOptions { AtOnce = 1 }),
            NullLogger<MailSender>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public Fate Fate { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Crowd Crowd { get; }

    public MoneyBack Back { get; }

    public CountingCarrier Carrier { get; } = new();

    public Verdict Verdict { get; } = new();

    public IDocuments Documents => _storage.Documents;

    public IReadOnlyCollection<Customer> Customers => _customers.Values;

    /// <summary>As it was last written.</summary>
    public IReadOnlyDictionary<string, Stored<Subscription>> Latest => _latest;

    public async Task FillAsync(int accounts)
    {
        var codes = _storage.Documents.Set(PromoCode.Schema);
        foreach (var code in PriceList.Promotions)
        {
            var content = new PromoContent
            {
                Percent = code.Percent, Amount = code.Coins is { } coins ? Money.OfMinor(coins, Promotion.Currency) : null, Periods = code.Periods, Limit = code.Limit,
                PlanIds = code.Plan is null ? null : [code.Plan],
            };
            await codes.InsertAsync(code.Code, new PromoCode { Code = code.Code, Content = content, Revision = 1, CreatedAt = Start }, CancellationToken.None);
        }

        for (var i = 0; i < accounts; i++)
        {
            var (id, zone) = ($"account{i:d6}", Zones[i % Zones.Length]);
            await _accounts.AddAsync(
                new Account { Id = id, Email = $"{id}@example.org", EmailKey = $"{id}@example.org", PasswordHash = "", TimeZone = zone, CreatedAt = Start }, CancellationToken.None);
            _customers[id] = new Customer { AccountId = id, Zone = TimeZoneInfo.FindSystemTimeZoneById(zone), ActsAt = Start + TimeSpan.FromDays(40 * Fate.Next()) };
        }
    }

    /// <summary>One hour: what people do, what the provider tells, what the schedule does, and whether everybody may watch what they should.</summary>
    public async Task HourAsync(bool isQuiet)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        var now = Clock.GetUtcNow();
        if (!isQuiet && now >= _outage.To + TimeSpan.FromDays(20) && Fate.Chance(0.0006)) _outage = (now, now + TimeSpan.FromHours(6 + (60 * Fate.Next())));
        if (now >= _outage.To)
        {
            await Back.HourAsync(isQuiet, _customers.Count * 0.0002);
            if (!isQuiet) foreach (var customer in _customers.Values.Where(customer => customer.ActsAt <= now)) await Crowd.ActAsync(customer);
            var isTold = await DeliverAsync(now);
            if (isTold || now.Hour % 6 == 1 || _payments.Values.Any(payment => payment.Outbox.Count > 0 || payment.LookAt <= now)
                || _latest.Values.Any(stored => Portal.Subscriptions.Billing.SubscriptionTimes.DueAt(stored.Value) <= now))
                await Task.WhenAll(Nodes.Select(node => Task.Run(() => SweepAsync(node))));
            if (now.Hour % 6 == 0) await _mail.SendDueAsync(CancellationToken.None);
        }

        foreach (var customer in _customers.Values) Compare(customer, now);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private void Compare(Customer customer, DateTimeOffset now)
    {
        if (customer.Oracle is not { } oracle) return;
        oracle.Renew(now);
        var isSettled = now - oracle.NewsAt >= Settled && (now >= _outage.To + Settled || oracle.NewsAt < _outage.From - Settled);
        var live = _ofAccount.TryGetValue(customer.AccountId, out var id) && !_latest[id].Value.IsEnded ? _latest[id].Value : null;
        // Calls are lost on end now and then: until one gets through, nobody here can know what the bank did.
        if (!isSettled || live?.PausedUntil > now)
        {
            Verdict.PassedOver++;
            return;
        }

        Verdict.Compared++;
        var given = live?.PlanAt(now);
        if (given != oracle.PlanAt(now)) Verdict.Fail($"{now:u}: may watch {given ?? "nothing"}, should {oracle}; is {(id is null ? "nobody" : _latest[id].Value)}");
    }

    private async Task SweepAsync(Node node)
    {
        try
        {
            await node.Sweep.SweepAsync(CancellationToken.None);
            await node.Balances.CountAsync(CancellationToken.None);
            if (Fate.Chance(0.01)) await node.Check.CheckAsync(CancellationToken.None);
        }
        catch (NodeKilledException)
        {
            // The next hour it is there again.
        }
    }

    /// <summary>A fifth of the webhooks is lost, a fifth comes twice, and each when it will.</summary>
    private async Task<bool> DeliverAsync(DateTimeOffset now)
    {
        await foreach (var told in _events.DueAsync(CancellationToken.None))
        {
            var copies = Fate.Next() switch { < 0.2 => 0, < 0.4 => 2, _ => 1 };
            for (var i = 0; i < copies; i++)
                _onTheWay.Add((now + (Fate.Chance(0.7) ? TimeSpan.Zero : TimeSpan.FromHours(30 * Fate.Next())), SandboxEvents.BodyOf(told.Value)));
            await _events.DoneAsync(told, CancellationToken.None);
        }

        var arriving = _onTheWay.Where(told => told.At <= now).OrderBy(_ => Fate.Next()).ToList();
        _onTheWay.RemoveAll(told => told.At <= now);
        if (arriving.Count == 0) return false;
        var secret = await _events.SecretAsync(CancellationToken.None);
        foreach (var (_, body) in arriving)
        {
            try
            {
                if (!await Fate.Pick(Nodes).Intake.TakeAsync(body, WebhookSignature.Sign(body, secret, now), CancellationToken.None)) Verdict.Fail("a webhook was refused");
            }
            catch (NodeKilledException)
            {
                _onTheWay.Add((now + TimeSpan.FromHours(1), body)); // Not answered: the provider tells it again.
            }
        }

        return true;
    }

    private void Written(object stored)
    {
        lock (_lock)
        {
            if (stored is Stored<Subscription> subscription) Seen(subscription);
            if (stored is Stored<Payment> payment) _payments[payment.Id] = payment.Value;
            if (stored is Stored<SandboxPayment> { Value: { State: Portal.Subscriptions.Gateways.PaymentState.Paid } paid } && _charges.Add(paid.Id)) Charged(paid);
        }
    }

    private void Seen(Stored<Subscription> seen)
    {
        if (_latest.TryGetValue(seen.Id, out var before) && before.Version >= seen.Version) return;
        _latest[seen.Id] = seen;
        if (!seen.Value.IsEnded) _ofAccount[seen.Value.AccountId] = seen.Id;
        var customer = _customers[seen.Value.AccountId];
        // They are told of it, and do something before the bank is asked again.
        if (seen.Value.State == SubscriptionState.PastDue && before?.Value.State != SubscriptionState.PastDue && customer.ActsAt > Clock.GetUtcNow() + Heard)
            customer.ActsAt = Clock.GetUtcNow() + Heard;
        if (customer.Oracle is not { IsBegun: false } oracle || oracle.Id != seen.Id || seen.Value.Period is not { } first) return;
        if (first.Start != Clock.GetUtcNow()) Verdict.Fail($"{seen.Id} began at {first.Start:u}, and it is {Clock.GetUtcNow():u}");
        oracle.Begin(first.Start);
        customer.HadTrial |= oracle.TrialDays > 0;
        if (oracle.Promotion is { } used && !customer.Codes.Add(used.Code)) Verdict.Fail($"{customer.AccountId} used {used.Code} again");
    }

    private void Charged(SandboxPayment payment)
    {
        var (customer, now) = (_customers[_latest[payment.SubscriptionId].Value.AccountId], Clock.GetUtcNow());
        var charge = customer.Oracle?.Id == payment.SubscriptionId && !customer.IsLeaving ? customer.Oracle.Charged(payment.Id, now < _outage.To + Settled, now) : null;
        Verdict.Charged(charge?.What ?? "nothing");
        Back.Paid(payment);
        if (charge is not { Coins: var coins })
            Verdict.Fail($"{now:u} {customer.AccountId} was charged {payment.Amount} for nothing ({payment.Id} of {payment.SubscriptionId})");
        else if (coins >= 0 && PriceList.CoinsOf(payment.Amount.Amount, payment.Amount.Currency) != coins)
            Verdict.Fail($"{now:u} {customer.AccountId} was charged {payment.Amount} for a {charge.Value.What}, should {coins}: {customer.Oracle}");
    }

    private void Lost(SandboxPayment payment)
    {
        var customer = _customers[_latest[payment.SubscriptionId].Value.AccountId];
        if (customer.Oracle?.Id == payment.SubscriptionId) customer.Oracle.Lose(Clock.GetUtcNow());
    }
}
