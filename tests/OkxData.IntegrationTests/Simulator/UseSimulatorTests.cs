using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

public sealed class UseSimulatorTests : SimulatorFixture
{
    [TestCase("")]
    [TestCase("demo")]
    public void UseSimulator_OnABuilder_SetsAddressAndClockOfThatName(string name)
    {
        var services = new ServiceCollection();
        var builder = new Mock<IOkxMarketDataBuilder>();
        builder.SetupGet(b => b.Name).Returns(name);
        builder.SetupGet(b => b.Services).Returns(services);

        Assert.That(builder.Object.UseSimulator(Simulator), Is.SameAs(builder.Object));

        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>();
        Assert.That(options.Get(name).Environment.Rest, Is.EqualTo(Simulator.BaseAddress));
        Assert.That(options.Get(name).Environment.WebSocket.Port, Is.EqualTo(Simulator.BaseAddress.Port));
        Assert.That(options.Get(name).Environment.Name, Is.EqualTo("simulator-1"));
        Assert.That(options.Get("another").Environment, Is.EqualTo(OkxEnvironment.Global));
        Assert.That((options.Get(name).RateLimiting.MachineWide, options.Get("another").RateLimiting.MachineWide), Is.EqualTo((false, true)), "nobody else knows the simulator");
        Assert.That(provider.GetKeyedService<TimeProvider>(name), Is.SameAs(Clock));
        Assert.That(provider.GetService<TimeProvider>(), Is.Null);
    }
}
