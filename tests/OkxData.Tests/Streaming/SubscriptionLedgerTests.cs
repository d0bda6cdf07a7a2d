using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class SubscriptionLedgerTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void Next_ManyTopics_AsksInMessagesFarBelowTheLimit()
    {
        var ledger = new SubscriptionLedger(_clock);
        for (var index = 0; index < 1000; index++)
            ledger.Want(new StreamTopic(StreamPath.Business, "candle12Hutc", $"{new string('X', 50)}{index}-USDT-SWAP"));

        var messages = new List<StreamRequest>();
        while (ledger.Next() is { } next)
            messages.Add(next);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(messages, Has.Count.EqualTo(4));
            Assert.That(messages.Sum(message => message.Open.Count()), Is.EqualTo(1000));
            Assert.That(messages.Select(message => message.ToMessage().Length), Is.All.LessThan(48 * 1024));
            Assert.That(messages.Select(message => message.Number).Distinct().Count(), Is.EqualTo(4));
        }
    }

    [Test]
    public void Find_BytesOfAnyKind_NeverThrows()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(new StreamTopic(StreamPath.Public, "tickers", "BTC-USDT"));

        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 300]).Sample((channel, symbol) => ledger.Find(channel, symbol) is null, iter: 2000);
        Assert.That(ledger.Find("tickers"u8, "BTC-USDT"u8), Is.Not.Null);
    }

    /// <summary>Whatever is wanted and left, in whatever order answers come: in the end OKX pushes what is wanted and nothing else.</summary>
    [Test]
    public void WantsAndLeaves_WithAnswersAtAnyTime_EndWithWhatIsWanted() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3]).Array[1, 40].Sample(steps =>
        {
            var ledger = new SubscriptionLedger(_clock);
            var server = new ScriptedServer(ledger, new ServerManner());
            var wanted = new HashSet<string>();
            foreach (var (act, which) in steps)
            {
                var topic = TopicOf(which);
                if (act == 0)
                {
                    ledger.Want(topic);
                    wanted.Add(topic.Symbol);
                }
                else if (act == 1)
                {
                    ledger.Drop(topic);
                    wanted.Remove(topic.Symbol);
                }
                else if (which % 2 == 0)
                {
                    server.TakeMessages(1);
                }
                else
                {
                    server.Answer(1);
                }
            }

            server.Run(_clock, 100);
            return server.Subscribed.SetEquals(wanted) && ledger.IsSettled && wanted.All(symbol => ledger.Find(TopicOf(symbol))!.State == SlotState.Served);
        }, iter: 3000);

    /// <summary>However OKX says no: exactly what it does not know is refused, everything else is served, and it does not take many messages.</summary>
    [Test]
    public void Refusals_HoweverOkxSaysThem_FindTheirTopics() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 3]).Sample((count, unknown, echoes, refusesWhole, names, lost) =>
        {
            var ledger = new SubscriptionLedger(_clock);
            var random = new Random(count);
            var manner = new ServerManner { EchoesIds = echoes, RefusesWholeMessages = refusesWhole, NamesTheSymbol = names, LosesEvery = lost == 0 ? 0 : 7 * lost };
            for (var index = 0; index < unknown; index++)
                manner.Unknown.Add(TopicOf(random.Next(count)).Symbol);
            for (var index = 0; index < count; index++)
                ledger.Want(TopicOf(index));
            var server = new ScriptedServer(ledger, manner);

            server.Run(_clock, 2000);

            return ledger.IsSettled && server.Refused.SetEquals(manner.Unknown)
                && Enumerable.Range(0, count).Select(TopicOf).All(topic => manner.Unknown.Contains(topic.Symbol) || ledger.Find(topic)!.State == SlotState.Served)
                && server.Messages <= 4 + (manner.Unknown.Count * 24) + (lost > 0 ? 60 : 0);
        }, iter: 500);

    [TestCase("60014")]
    [TestCase("63999")]
    [TestCase("64007")]
    public void Refuse_ErrorThatHeals_IsWaitedForAndAskedAgain(string code)
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Next();

        Assert.That(ledger.Refuse("1"u8, code, "Requests too frequent"), Is.Null);

        Assert.That(ledger.Next(), Is.Null);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(ledger.Next(), Is.Not.Null);
        ledger.Refuse("2"u8, code, "Requests too frequent");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(ledger.Next(), Is.Null, "the wait grows");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(ledger.Next(), Is.Not.Null);
    }

    [TestCase("60014")]
    [TestCase("60018")]
    public void Refuse_WithoutIdWhileMuchIsAsked_KeepsMessagesBelowTheLimit(string code)
    {
        var ledger = new SubscriptionLedger(_clock);
        for (var index = 0; index < 1000; index++)
            ledger.Want(TopicOf(index));
        while (ledger.Next() is not null)
        {
        }

        ledger.Refuse([], code, "x");
        _clock.Advance(TimeSpan.FromSeconds(2));

        for (var asked = 0; asked < 1000;)
        {
            var open = ledger.Next()!.Open.ToList();
            Assert.That(open, Has.Count.InRange(1, SubscriptionLedger.MostSlotsOfARequest));
            open.ForEach(slot => ledger.Serve(slot));
            asked += open.Count;
        }

        Assert.That(ledger.IsSettled, Is.True);
    }

    [Test]
    public void Refuse_ErrorThatNamesItsTopic_RefusesThatOneAtOnce()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Want(TopicOf(1));
        ledger.Next();
        var named = ledger.Find(TopicOf(1))!;

        Assert.That(ledger.Refuse([], "60018", "x", named), Is.SameAs(named));

        Assert.That(ledger.Find(TopicOf(0))!.State, Is.EqualTo(SlotState.Asked), "the other's answer is still to come");
        Assert.That(ledger.Find(TopicOf(1)), Is.Null);
    }

    [Test]
    public void Refuse_AnUnsubscriptionThatHeals_IsAskedAgain()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Next();
        ledger.Serve(ledger.Find(TopicOf(0))!);
        ledger.Drop(TopicOf(0));
        ledger.Next();

        ledger.Refuse("2"u8, "60014", "Requests too frequent");

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(ledger.Next(), Has.Property(nameof(StreamRequest.IsSubscribe)).False);
    }

    [Test]
    public void Refuse_IdOfAnAnsweredQuestion_BlamesNobody()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Next();
        ledger.Serve(ledger.Find(TopicOf(0))!);
        ledger.Want(TopicOf(1));
        ledger.Next();

        Assert.That(ledger.Refuse("1"u8, "60018", "x"), Is.Null);
        Assert.That(ledger.Find(TopicOf(1))!.State, Is.EqualTo(SlotState.Asked));
    }

    [Test]
    public void Refuse_WithoutIdNamingAnother_DoesNotBlameTheOneThatIsAskedAlone()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Want(TopicOf(1));
        ledger.Next();
        ledger.Serve(ledger.Find(TopicOf(0))!);

        Assert.That(ledger.Refuse([], "60018", $"instId:{TopicOf(0).Symbol} doesn't exist."), Is.Null);
        Assert.That(ledger.Refuse([], "60018", $"instId:{TopicOf(0).Symbol} doesn't exist."), Is.Null);
        Assert.That(ledger.Find(TopicOf(1)), Is.Not.Null);
    }

    [Test]
    public void IsDeaf_NothingEverComes_AfterThreeQuestions()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        var asked = 0;
        var isDeaf = false;
        for (var second = 0; second < 60 && !isDeaf; second++)
        {
            asked += ledger.Next() is null ? 0 : 1;
            _clock.Advance(TimeSpan.FromSeconds(1));
            isDeaf = ledger.IsDeaf();
        }

        Assert.That((isDeaf, asked), Is.EqualTo((true, 3)));
    }

    [Test]
    public void IsDeaf_OthersAreServed_GoesOnAskingEverMoreSeldom()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Want(TopicOf(1));
        var (asked, isDeaf) = (0, false);
        for (var second = 0; second < 3600 && !isDeaf; second++)
        {
            asked += ledger.Next() is null ? 0 : 1;
            ledger.Serve(ledger.Find(TopicOf(0))!);
            _clock.Advance(TimeSpan.FromSeconds(1));
            isDeaf = ledger.IsDeaf();
        }

        Assert.That(isDeaf, Is.False);
        Assert.That(asked, Is.InRange(5, 60));
    }

    [Test]
    public void IsDeaf_QuietTopicsThatAreServed_AreNamedAgainToTell()
    {
        var ledger = new SubscriptionLedger(_clock);
        ledger.Want(TopicOf(0));
        ledger.Next();
        ledger.Serve(ledger.Find(TopicOf(0))!);
        ledger.Want(TopicOf(1));
        var (isDeaf, named) = (false, 0);
        for (var second = 0; second < 600 && !isDeaf; second++)
        {
            if (ledger.Next() is { } message && Encoding.UTF8.GetString(message.ToMessage().Span).Contains(TopicOf(0).Symbol, StringComparison.Ordinal))
            {
                named++;
                ledger.Serve(ledger.Find(TopicOf(0))!);
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
            isDeaf = ledger.IsDeaf();
        }

        Assert.That(isDeaf, Is.False);
        Assert.That(named, Is.GreaterThan(3));
        Assert.That(ledger.Find(TopicOf(0))!.State, Is.EqualTo(SlotState.Served));
    }

    private static StreamTopic TopicOf(int index) => TopicOf($"C{index}-USDT");

    private static StreamTopic TopicOf(string symbol) => new(StreamPath.Public, "tickers", symbol);

    private sealed class ServerManner
    {
        public HashSet<string> Unknown { get; } = [];

        public bool EchoesIds { get; init; } = true;

        public bool RefusesWholeMessages { get; init; }

        public bool NamesTheSymbol { get; init; }

        /// <summary>Every so many answers one is lost; 0 for none.</summary>
        public int LosesEvery { get; init; }
    }

    /// <summary>The other end: takes messages in order and answers in order, but when it likes.</summary>
    private sealed class ScriptedServer(SubscriptionLedger ledger, ServerManner manner)
    {
        private readonly Queue<Action> _answers = new();
        private int _answered;

        public HashSet<string> Subscribed { get; } = [];

        public HashSet<string> Refused { get; } = [];

        public int Messages { get; private set; }

        public void TakeMessages(int atMost)
        {
            for (var count = 0; count < atMost && ledger.Next() is { } message; count++)
                Take(message);
        }

        public void Answer(int atMost)
        {
            for (var count = 0; count < atMost && _answers.TryDequeue(out var answer); count++)
            {
                if (manner.LosesEvery == 0 || ++_answered % manner.LosesEvery != 0)
                    answer();
            }
        }

        public void Run(FakeTimeProvider clock, int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                TakeMessages(int.MaxValue);
                Answer(int.MaxValue);
                if (ledger is { IsSettled: true, HasNext: false } && _answers.Count == 0 && round > 60)
                    return;
                clock.Advance(TimeSpan.FromSeconds(0.3));
                ledger.IsDeaf();
            }
        }

        private void Take(StreamRequest request)
        {
            Messages++;
            using var message = JsonDocument.Parse(request.ToMessage());
            var id = manner.EchoesIds ? message.RootElement.GetProperty("id").GetString()! : "";
            var symbols = message.RootElement.GetProperty("args").EnumerateArray().Select(argument => argument.GetProperty("instId").GetString()!).ToList();
            var unknown = symbols.FindAll(manner.Unknown.Contains);
            if (!request.IsSubscribe)
            {
                Subscribed.ExceptWith(symbols);
                foreach (var symbol in symbols)
                    _answers.Enqueue(() => Acknowledge(symbol, isSubscribe: false));
                return;
            }

            if (unknown.Count > 0 && manner.RefusesWholeMessages)
            {
                _answers.Enqueue(() => Refuse(id, unknown[0]));
                return;
            }

            foreach (var symbol in symbols)
            {
                if (manner.Unknown.Contains(symbol))
                    _answers.Enqueue(() => Refuse(id, symbol));
                else
                    _answers.Enqueue(() => Acknowledge(symbol, isSubscribe: true));
            }

            Subscribed.UnionWith(symbols.Except(unknown));
        }

        private void Acknowledge(string symbol, bool isSubscribe)
        {
            if (ledger.Find(TopicOf(symbol)) is not { } slot)
                return;

            if (isSubscribe)
                ledger.Serve(slot);
            else
                ledger.Leave(slot);
        }

        private void Refuse(string id, string symbol)
        {
            var words = manner.NamesTheSymbol ? $"Wrong URL or channel:tickers,instId:{symbol} doesn't exist." : "Invalid request.";
            if (ledger.Refuse(Encoding.UTF8.GetBytes(id), "60018", words) is { } slot)
                Refused.Add(slot.Topic.Symbol);
        }
    }
}
