using System.Text;
using OkxData.Testing.Series;

namespace OkxData.Testing.Serving;

/// <summary>Decides which requests fail, and how.</summary>
internal sealed class FaultInjector(int seed, SimulatorFaultOptions options)
{
    private const int ChanceSalt = 1;
    private const int KindSalt = 2;

    private readonly Lock _gate = new();
    private readonly List<(FaultKind Kind, string? Path)> _ordered = [];
    private FaultKind[] _kinds = [.. options.Kinds];
    private double _probability = Checked(options.Probability);
    private string? _path = options.Path;

    public void Set(double probability, FaultKind[] kinds, string? path)
    {
        lock (_gate)
        {
            _probability = Checked(probability);
            _path = path;
            if (kinds.Length > 0)
                _kinds = kinds;
        }
    }

    public void Order(FaultKind kind, int times, string? path)
    {
        lock (_gate)
            _ordered.AddRange(Enumerable.Repeat((kind, path), times));
    }

    public void Reset()
    {
        lock (_gate)
            _ordered.Clear();
    }

    public FaultKind? Draw(RequestEntry entry)
    {
        lock (_gate)
        {
            var next = _ordered.FindIndex(fault => fault.Path is null || fault.Path == entry.Path);
            if (next >= 0)
            {
                var kind = _ordered[next].Kind;
                _ordered.RemoveAt(next);
                return kind;
            }

            if (_probability == 0 || _kinds.Length == 0 || (_path is not null && _path != entry.Path))
                return null;

            var place = Noise.Seed(seed, entry.Path + entry.Query);
            if (Noise.Unit(place, entry.Attempt, ChanceSalt) >= _probability)
                return null;

            return _kinds[Noise.At(place, entry.Attempt, KindSalt) % (ulong)_kinds.Length];
        }
    }

    /// <summary>The reply as the fault makes it.</summary>
    public Reply Apply(FaultKind kind, Func<Reply> right) => kind switch
    {
        FaultKind.InternalServerError => Reply.Text(500, "Internal Server Error"),
        FaultKind.BadGateway => Reply.Html(502, "Bad Gateway"),
        FaultKind.ServiceUnavailable => Reply.Html(503, "Service Temporarily Unavailable"),
        FaultKind.Unavailable => Reply.Unavailable(),
        FaultKind.UnavailableInOk => Reply.Unavailable(200),
        FaultKind.Busy => Reply.Gateway(429, "50013", "Systems are busy. Please try again later."),
        FaultKind.BusyInOk => Reply.Gateway(200, "50013", "Systems are busy. Please try again later."),
        FaultKind.SystemError => Reply.Gateway(500, "50026", "System error. Try again later."),
        FaultKind.SystemErrorInOk => Reply.Gateway(200, "50026", "System error. Try again later."),
        FaultKind.RateLimited => Reply.TooManyRequests(),
        FaultKind.RateLimitedInOk => Reply.TooManyRequests(200),
        FaultKind.RateLimitedNumericCode => new Reply { Status = 429, Code = "50011", Body = """{"msg":"Requests too frequent.","code":50011}"""u8.ToArray() },
        FaultKind.TooManyRequests => Reply.Text(429, "Too Many Requests"),
        FaultKind.TooManyRequestsRetryAfter => Reply.Text(429, "Too Many Requests") with { RetryAfter = options.RetryAfter },
        FaultKind.TruncatedJson => Truncate(right()),
        FaultKind.CutTransfer => right() with { Manner = SendingManner.CutShort },
        FaultKind.EmptyBody => new Reply(),
        FaultKind.WrongJson => new Reply { Body = Encoding.UTF8.GetBytes("""{"unexpected":[1,2,3]}""") },
        FaultKind.SlowDrip => right() with { Manner = SendingManner.Drip },
        FaultKind.ConnectionReset => new Reply { Manner = SendingManner.Reset },
        FaultKind.ConnectionClosed => new Reply { Manner = SendingManner.Close },
        FaultKind.NoAnswer => new Reply { Manner = SendingManner.Never },
        FaultKind.OversizedBody => right() with { Manner = SendingManner.Padded },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The fault is not defined."),
    };

    private static Reply Truncate(Reply reply) => reply with { Body = reply.Body[..(reply.Body.Length / 2)] };

    private static double Checked(double probability) => probability is >= 0 and <= 1
        ? probability
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability of a fault is from 0 to 1.");
}
