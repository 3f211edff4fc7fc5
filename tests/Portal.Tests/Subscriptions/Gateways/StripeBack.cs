using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FlickStream.Portal.Tests.Subscriptions.Gateways;

/// <summary>Refunds and disputes as Stripe keeps them: lists are the newest first, and page by <c>starting_after</c>.</summary>
internal sealed class StripeBack(Dictionary<string, StripePayment> payments, Lock guard, Func<string, string> newId)
{
    private const int Page = 2;

    private readonly List<Dictionary<string, object?>> _refunds = [];
    private readonly List<Dictionary<string, object?>> _disputes = [];

    /// <summary>Its id.</summary>
    public string Refund(string paymentId, long amount, string status, string? key)
    {
        lock (guard)
        {
            var refund = New("re", "refund", paymentId, amount, status);
            refund["metadata"] = key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["subscription"] = "1", ["refund"] = key };
            _refunds.Insert(0, refund);
            return (string)refund["id"]!;
        }
    }

    public void Settle(string refundId, string status)
    {
        lock (guard) _refunds.Single(refund => (string)refund["id"]! == refundId)["status"] = status;
    }

    /// <summary>The code of the refusal; null where it can be refunded.</summary>
    public string? WhyNot(string paymentId, long amount) =>
        _disputes.Any(dispute => (string)dispute["payment_intent"]! == paymentId && (string)dispute["status"]! != "won") ? "charge_disputed"
        : amount > LeftOf(paymentId) ? "charge_already_refunded" : null;

    /// <summary>Settled in euros, as an account in Europe is; its id.</summary>
    public string Dispute(string paymentId)
    {
        lock (guard)
        {
            var dispute = New("du", "dispute", paymentId, LeftOf(paymentId), "needs_response");
            dispute["balance_transactions"] = new List<object> { Move(-1234, 1500) };
            _disputes.Insert(0, dispute);
            return (string)dispute["id"]!;
        }
    }

    public void Close(string disputeId, bool isWon)
    {
        lock (guard)
        {
            var dispute = _disputes.Single(one => (string)one["id"]! == disputeId);
            dispute["status"] = isWon ? "won" : "lost";
            if (isWon) ((List<object>)dispute["balance_transactions"]!).Add(Move(1234, 0));
        }
    }

    public object Body(string refundId) => _refunds.Single(refund => (string)refund["id"]! == refundId);

    public object Refunds(IQueryCollection query) => List(_refunds, query, "/v1/refunds");

    public object Disputes(IQueryCollection query) => List(_disputes, query, "/v1/disputes");

    private static Dictionary<string, object?> List(List<Dictionary<string, object?>> all, IQueryCollection query, string url)
    {
        var found = all.Where(one => IsAsked(one, query)).ToList();
        var from = query["starting_after"] is [{ } after] ? found.FindIndex(one => (string)one["id"]! == after) + 1 : 0;
        return new() { ["object"] = "list", ["url"] = url, ["has_more"] = from + Page < found.Count, ["data"] = found.Skip(from).Take(Page).ToList() };
    }

    private static bool IsAsked(Dictionary<string, object?> one, IQueryCollection query) =>
        (query["payment_intent"] is not [{ } paymentId] || (string)one["payment_intent"]! == paymentId)
        && (query["created[gte]"] is not [{ } since] || (long)one["created"]! >= long.Parse(since, CultureInfo.InvariantCulture));

    private long LeftOf(string paymentId) => payments[paymentId].Amount
        - _refunds.Where(refund => (string)refund["payment_intent"]! == paymentId && (string)refund["status"]! != "failed").Sum(refund => (long)refund["amount"]!);

    private Dictionary<string, object?> New(string kind, string name, string paymentId, long amount, string status) => new()
    {
        ["id"] = newId(kind), ["object"] = name, ["payment_intent"] = paymentId, ["amount"] = amount, ["currency"] = payments[paymentId].Currency, ["status"] = status,
        ["created"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
    };

    private Dictionary<string, object?> Move(long amount, long fee) => new()
    {
        ["id"] = newId("txn"), ["object"] = "balance_transaction", ["amount"] = amount, ["currency"] = "eur", ["fee"] = fee,
    };
}
