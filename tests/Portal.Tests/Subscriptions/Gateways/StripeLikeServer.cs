using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>Of Stripe's API what billing uses, as Stripe's reference describes it: Checkout Sessions, PaymentIntents, and answers that are kept by
/// Idempotency-Key, refusals too.</summary>
internal sealed class StripeLikeServer : IAsyncDisposable
{
    public const string Key = "sk_test_key";

    private readonly Dictionary<string, StripeSession> _sessions = [];
    private readonly Dictionary<string, StripePayment> _payments = [];
    private readonly Dictionary<string, string> _cards = [];
    private readonly HashSet<string> _deleted = [];
    private readonly Dictionary<string, (string Form, int Status, object Body)> _answers = [];
    private readonly Lock _lock = new();
    private WebApplication _app = null!;
    private int _last;

    public StripeLikeServer() => Back = new StripeBack(_payments, _lock, NewId);

    public bool LosesNextAnswer { get; set; }

    /// <summary>What came back of its payments.</summary>
    public StripeBack Back { get; }

    public Uri Address => new(_app.Urls.First());

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/v1/checkout/sessions", (HttpContext http) => AnswerAsync(http, Open));
        _app.MapGet("/v1/checkout/sessions/{id}", (string id, HttpContext http) => AnswerAsync(http, _ => (200, _sessions[id].Body(_payments))));
        _app.MapPost("/v1/checkout/sessions/{id}/expire", (string id, HttpContext http) => AnswerAsync(http, _ => Expire(id)));
        _app.MapPost("/v1/payment_intents", (HttpContext http) => AnswerAsync(http, Prepare));
        _app.MapGet("/v1/payment_intents/{id}", (string id, HttpContext http) => AnswerAsync(http, _ => (200, _payments[id].Body())));
        _app.MapPost("/v1/payment_intents/{id}/confirm", (string id, HttpContext http) => AnswerAsync(http, form => Confirm(id, form)));
        _app.MapPost("/v1/payment_intents/{id}/cancel", (string id, HttpContext http) => AnswerAsync(http, _ => Cancel(id)));
        _app.MapPost("/v1/refunds", (HttpContext http) => AnswerAsync(http, form => Refund(form)));
        _app.MapGet("/v1/refunds", (HttpContext http) => AnswerAsync(http, _ => (200, Back.Refunds(http.Request.Query))));
        _app.MapGet("/v1/disputes", (HttpContext http) => AnswerAsync(http, _ => (200, Back.Disputes(http.Request.Query))));
        _app.MapDelete("/v1/customers/{id}", (string id, HttpContext http) => AnswerAsync(http, _ => Delete(id)));
        await _app.StartAsync();
    }

    /// <summary>On the hosted page.</summary>
    public void Pay(string sessionId, string card)
    {
        lock (_lock)
        {
            var session = _sessions[sessionId];
            if (session.Status != "open") return;
            (session.Status, session.Customer, session.Method) = ("complete", session.Customer ?? NewId("cus"), NewId("pm"));
            _cards[session.Method] = card;
            if (session.Amount == 0) return;
            session.PaymentId = NewId("pi");
            _payments[session.PaymentId] = new StripePayment(session.PaymentId, session.Amount, session.Currency, session.Customer)
            {
                Status = "succeeded", Charges = 1, Method = session.Method,
            };
        }
    }

    public void Authenticate(string paymentId, bool isShown)
    {
        lock (_lock)
        {
            var payment = _payments[paymentId];
            if (isShown) payment.Succeed();
            else payment.Decline("payment_intent_authentication_failure", null);
        }
    }

    public int ChargesOf(string paymentId)
    {
        lock (_lock) return _payments[paymentId].Charges;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private (int, object) Open(IFormCollection form)
    {
        var session = new StripeSession
        {
            Id = NewId("cs"), Customer = form["customer"] is [{ } customer] ? customer : null, Url = $"{Address}c/pay",
            Amount = long.Parse(form["line_items[0][price_data][unit_amount]"] is [{ } amount] ? amount : "0", CultureInfo.InvariantCulture),
            Currency = form["line_items[0][price_data][currency]"].ToString(),
        };
        Assert.Equal(session.Amount > 0 ? "payment" : "setup", form["mode"]);
        Assert.Equal("1", form["metadata[subscription]"]);
        if (session.Amount > 0 && IsTooSmall(session.Amount, session.Currency)) return TooSmall;
        var life = DateTimeOffset.FromUnixTimeSeconds(long.Parse(form["expires_at"]!, CultureInfo.InvariantCulture)) - TimeProvider.System.GetUtcNow();
        if (life < TimeSpan.FromMinutes(30) || life > TimeSpan.FromHours(24))
            return (400, Error("invalid_request_error", null, "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", null));
        _sessions[session.Id] = session;
        return (200, session.Body(_payments));
    }

    private (int, object) Expire(string id)
    {
        var session = _sessions[id];
        if (session.Status != "open") return (400, Error("invalid_request_error", null, "Only Checkout Sessions with a status in [\"open\"] can be expired.", null));
        session.Status = "expired";
        return (200, session.Body(_payments));
    }

    private (int, object) Prepare(IFormCollection form)
    {
        Assert.Equal("1", form["metadata[subscription]"]);
        var (amount, currency) = (long.Parse(form["amount"]!, CultureInfo.InvariantCulture), form["currency"].ToString());
        if (IsTooSmall(amount, currency)) return TooSmall;
        if (_deleted.Contains(form["customer"].ToString())) return NoSuch("customer");
        var payment = new StripePayment(NewId("pi"), amount, currency, form["customer"]!);
        _payments[payment.Id] = payment;
        return (200, payment.Body());
    }

    private (int, object) Refund(IFormCollection form)
    {
        Assert.Equal("1", form["metadata[subscription]"]);
        var (paymentId, amount) = (form["payment_intent"].ToString(), long.Parse(form["amount"]!, CultureInfo.InvariantCulture));
        return Back.WhyNot(paymentId, amount) is { } why
            ? (400, Error("invalid_request_error", why, "You cannot refund this.", null))
            : (200, Back.Body(Back.Refund(paymentId, amount, "succeeded", form["metadata[refund]"].ToString())));
    }

    private (int, object) Delete(string id) =>
        _deleted.Add(id) ? (200, new Dictionary<string, object?> { ["id"] = id, ["object"] = "customer", ["deleted"] = true }) : NoSuch("customer") with { Item1 = 404 };

    private static (int, object) NoSuch(string what) => (400, Error("invalid_request_error", "resource_missing", $"No such {what}", null));

    private static bool IsTooSmall(long amount, string currency) => currency is "usd" or "jpy" && amount < 50;

    private static (int, object) TooSmall => (400, Error("invalid_request_error", "amount_too_small", "Amount must be at least $0.50 usd", null));

    private (int, object) Confirm(string id, IFormCollection form)
    {
        var payment = _payments[id];
        if (payment.Status is not ("requires_payment_method" or "requires_confirmation"))
            return (400, Error("invalid_request_error", "payment_intent_unexpected_state", "You cannot confirm this PaymentIntent.", payment));
        payment.Method = form["payment_method"].ToString();
        var isAbsent = form["off_session"] == "true";
        switch (_cards[payment.Method])
        {
            case "4000000000000341":
                payment.Decline("card_declined", "generic_decline");
                return (402, Error("card_error", "card_declined", "Your card was declined.", payment));
            case "4000002760003184" when isAbsent:
                payment.Decline("authentication_required", "authentication_required");
                return (402, Error("card_error", "authentication_required", "This payment requires authentication.", payment));
            case "4000002760003184":
                payment.Status = "requires_action";
                payment.ActionUrl = $"{Address}authenticate?back={form["return_url"]}";
                return (200, payment.Body());
            default:
                payment.Succeed();
                return (200, payment.Body());
        }
    }

    private (int, object) Cancel(string id)
    {
        var payment = _payments[id];
        if (payment.Status is "succeeded" or "canceled")
            return (400, Error("invalid_request_error", "payment_intent_unexpected_state", "You cannot cancel this PaymentIntent.", payment));
        payment.Status = "canceled";
        return (200, payment.Body());
    }

    private async Task AnswerAsync(HttpContext http, Func<IFormCollection, (int, object)> ask)
    {
        Assert.Equal($"Bearer {Key}", http.Request.Headers.Authorization);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var (status, body) = Ask(http.Request.Headers["Idempotency-Key"], $"{http.Request.Path} {string.Join('&', form.Select(field => $"{field.Key}={field.Value}"))}", () => ask(form));
        if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(body, JsonSerializerOptions.Default, http.RequestAborted);
    }

    private (int, object) Ask(string? key, string form, Func<(int, object)> ask)
    {
        lock (_lock)
        {
            if (key is null) return ask();
            if (_answers.TryGetValue(key, out var kept))
            {
                return kept.Form == form ? (kept.Status, kept.Body)
                    : (400, Error("idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.", null));
            }

            var (status, body) = ask();
            _answers[key] = (form, status, body);
            return (status, body);
        }
    }

    private string NewId(string kind) => $"{kind}_{++_last}";

    private static Dictionary<string, object?> Error(string type, string? code, string message, StripePayment? payment) => new()
    {
        ["error"] = new Dictionary<string, object?> { ["type"] = type, ["code"] = code, ["message"] = message, ["payment_intent"] = payment?.Body() },
    };
}
